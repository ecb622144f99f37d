import { describe, expect, it } from 'vitest'
import { caseFiles } from './case-files.ts'
import { ask, type Question } from './case-world.ts'
import { catalogue, controlOfSid } from './catalogue.ts'

const files = caseFiles()

/** `allowed`, `not allowed` (nothing grants it), or `denied by` with every statement that denies. */
function verdict(question: Question): { verdict: string; sids: string[] } {
  const { decision, because } = ask(question)
  if (decision !== 'ExplicitlyDenied') return { verdict: decision === 'Allowed' ? 'allowed' : 'not allowed', sids: [] }
  return { verdict: 'denied', sids: because.map(({ sid }) => sid ?? '') }
}

describe.each(files)('$control', ({ source, cases }) => {
  it('names its source', () => expect(source.length).toBeGreaterThan(10))

  it.each(cases)('$name', ({ expect: expected, ...question }) => {
    const [, sid] = /^denied by (\w+)$/.exec(expected) ?? []
    const answer = verdict(question)
    if (sid === undefined) expect(answer).toEqual({ verdict: expected, sids: [] })
    else expect(answer).toEqual({ verdict: 'denied', sids: expect.arrayContaining([sid]) })
  })
})

describe('the cases', () => {
  it('cover every control, with what must be denied and what must stay possible', () => {
    expect(files.map(({ control }) => control).sort()).toEqual(catalogue.map(({ id }) => id).sort())
    for (const { control, cases } of files) {
      const own = cases.filter((one) => /^denied by /.test(one.expect))
      expect(own.length, `${control}: nothing must be denied`).toBeGreaterThan(0)
      expect(cases.some((one) => one.expect === 'allowed') || control === 'NET-2', control).toBe(true)
      expect(
        own.some((one) => controlOfSid(one.expect.slice(10))?.id === control),
        control,
      ).toBe(true)
    }
  })
})
