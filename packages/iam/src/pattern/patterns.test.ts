import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Question } from '../evaluate/question.ts'
import { compileArnCondition, compileResource } from './arn.ts'
import { compileGlob } from './glob.ts'
import { tokenise } from './tokens.ts'

const nobody = undefined as unknown as Question
const text = fc
  .array(fc.constantFrom('a', 'b', ':', '/', '*', '?', '$', '{'), { maxLength: 8 })
  .map((parts) => parts.join(''))
const pattern = fc.array(fc.constantFrom('a', 'b', ':', '/', '*', '?'), { maxLength: 8 }).map((parts) => parts.join(''))
const runs = { numRuns: 1_000 }

/** The same by a regular expression: slower, and not safe against long patterns, but obvious. */
function reference(source: string, any: string, one: string): RegExp {
  const parts = source
    .replace(/[\\^$.|+()[\]{}]/g, '\\$&')
    .replaceAll('*', any)
    .replaceAll('?', one)
  return new RegExp(`^${parts}$`, 's')
}

describe('compileGlob', () => {
  it('matches as a regular expression would', () => {
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        const match = compileGlob(tokenise(source, { wildcards: true, variables: false }))
        expect(match(value, nobody)).toBe(reference(source, '.*', '.').test(value))
      }),
      runs,
    )
  })

  it('stays fast on patterns that make regular expressions slow', () => {
    const match = compileGlob(tokenise(`${'*a'.repeat(40)}b`, { wildcards: true, variables: false }))
    const started = performance.now()
    expect(match('a'.repeat(2_000), nobody)).toBe(false)
    expect(performance.now() - started).toBeLessThan(1_000)
  })
})

describe('compileResource', () => {
  const segment = fc.array(fc.constantFrom('a', 'b', '*', '?'), { maxLength: 4 }).map((parts) => parts.join(''))
  const arnPattern = fc.array(segment, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(':'))
  const arn = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'ba', ''), { minLength: 1, maxLength: 9 })
    .map((parts) => parts.join(':'))

  it('keeps wildcards in their segment but for a star at its end', () => {
    fc.assert(
      fc.property(arnPattern, arn, (source, value) => {
        const parts = source.split(':')
        const head = parts.slice(0, 5).join(':') + (parts.length > 5 ? ':' : '')
        const confined = head.replace(/\*+/g, '*').replaceAll(/\*(?!:|$)/g, '<')
        const expression =
          reference(confined, '.*', '[^:]').source.slice(0, -1).replaceAll('<', '[^:]*') +
          reference(parts.slice(5).join(':'), '.*', '.').source.slice(1)
        expect(compileResource(source, false, '')(value, nobody)).toBe(new RegExp(expression, 's').test(value))
      }),
      runs,
    )
  })
})

describe('compileArnCondition', () => {
  it('never crosses a colon in the first five segments', () => {
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        if (source === '*') return
        const parts = source.split(':')
        const last = parts.slice(5).join(':')
        const expression = [...parts.slice(0, 5).map((part) => reference(part, '[^:]*', '[^:]').source.slice(1, -1))]
        const expected =
          parts.length >= 6
            ? new RegExp(`^${expression.join(':')}:${reference(last, '.*', '.').source.slice(1)}`, 's').test(value)
            : source !== '' && source === value && !/[*?]/.test(source)
        expect(compileArnCondition(source, { wildcards: true, variables: false }, '')(value, nobody)).toBe(expected)
      }),
      runs,
    )
  })
})
