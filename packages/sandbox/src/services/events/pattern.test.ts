import { describe, expect, it } from 'vitest'
import cases from './pattern-cases.json' with { type: 'json' }
import { matches } from './pattern-match.ts'
import { type Json, type JsonObject, readPattern } from './pattern-syntax.ts'

describe('event patterns', () => {
  it.each(cases.matching)('$name', ({ pattern, event, matches: expected }) => {
    const read = readPattern(JSON.stringify(pattern))
    expect(matches(read, event as unknown as JsonObject)).toBe(expected)
  })

  it.each(cases.invalid)('refuses $name', ({ text }) => {
    expect(() => readPattern(text)).toThrowError(/^Event pattern is not valid\. Reason: /)
  })

  it('reads nothing into a value that is no object', () => {
    expect(matches(readPattern('{"a":["x"]}'), 'x' as Json)).toBe(false)
  })
})
