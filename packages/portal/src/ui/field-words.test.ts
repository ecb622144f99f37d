import { type accountCreate, projectCreate } from '@uais/contract'
import { describe, expect, test } from 'vitest'
import { fieldWords, sentence } from './field-words.ts'

const wordsOf = (schema: typeof projectCreate | typeof accountCreate, body: unknown) => {
  const checked = schema.safeParse(body)
  return Object.fromEntries((checked.error?.issues ?? []).map((it) => [it.path.join('.'), fieldWords(it, body)]))
}

describe('words at a field', () => {
  test('an empty form asks for what is needed, without the schema’s own jargon', () => {
    const words = wordsOf(projectCreate, {
      name: '',
      spec: { accountId: '', objective: '', costCentre: '', classification: '', groups: [], monthlyBudgetUsd: 200 },
    })
    expect(words['spec.accountId']).toBe('This is needed.')
    expect(words['spec.classification']).toBe('This is needed.')
    expect(words['spec.costCentre']).toBe('This is needed.')
    expect(words['spec.objective']).toBe('Say in a sentence what the project is for.')
    for (const each of Object.values(words)) expect(each).not.toMatch(/Invalid|UUID|expected|>=/)
  })

  test('a wrong value keeps the schema’s reason', () => {
    const words = wordsOf(projectCreate, {
      name: 'fraud',
      spec: { accountId: 'x', objective: 'To look first where it matters', costCentre: 'C', classification: 'secret' },
    })
    expect(words['spec.accountId']).toMatch(/^This does not fit\. Invalid/)
  })
})

test.each([
  ['use letters', 'Use letters.'],
  ['Done!', 'Done!'],
  ['an AWS account id has 12 digits', 'An AWS account id has 12 digits.'],
])('%s becomes a sentence', (given, wanted) => expect(sentence(given)).toBe(wanted))
