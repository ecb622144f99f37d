import { PlatformError } from '@uais/contract'
import { describe, expect, it } from 'vitest'
import { checkAnswers, formInForce, formOf } from './form.ts'

const form = formInForce(new Date('2026-11-22'))
/** Answers that fit: the shortest text each question allows. */
const good = Object.fromEntries(
  form.questions.map((q) => [q.id, q.type === 'confirm' ? true : (q.choices?.[0] ?? 'x'.repeat(q.minLength ?? 1))]),
)
const faults = (change: object) => {
  try {
    checkAnswers(form, { ...good, ...change })
  } catch (error) {
    return (error as PlatformError).details?.fields
  }
  return []
}

describe('the form', () => {
  it('asks for at least two sign-offs and keeps its questions apart', () => {
    expect(form.requiredSignOffs).toBeGreaterThanOrEqual(2)
    expect(new Set(form.questions.map((question) => question.id)).size).toBe(form.questions.length)
    expect(formOf(form.version)).toBe(form)
  })

  it('was not in force before it was published; unknown versions are not found', () => {
    expect(() => formInForce(new Date('2020-01-01'))).toThrow(PlatformError)
    expect(() => formOf('../secrets')).toThrow(/no version/)
  })
})

describe('answers', () => {
  it('that fit are accepted', () => expect(faults({})).toEqual([]))

  it.each([
    [{ purpose: undefined }, 'answers.purpose', 'is not answered'],
    [{ purpose: 'short' }, 'answers.purpose', 'needs at least 30 characters'],
    [{ purpose: true }, 'answers.purpose', 'must be text'],
    [{ autonomy: 'Whatever' }, 'answers.autonomy', expect.stringContaining('must be one of')],
    [{ truthful: false }, 'answers.truthful', 'must be confirmed'],
    [{ truthful: 'yes' }, 'answers.truthful', 'must be true or false'],
    [{ bribe: 'x' }, 'answers.bribe', `form ${form.version} has no such question`],
  ])('%j are refused', (change, path, message) => {
    expect(faults(change)).toEqual([{ path, message }])
  })
})
