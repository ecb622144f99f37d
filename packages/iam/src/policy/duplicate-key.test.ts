import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { duplicateKey } from './duplicate-key.ts'

describe('duplicateKey', () => {
  it.each([
    ['{"a":1,"b":2,"a":3}', 'a'],
    ['{"a":{"b":1,"b":2}}', 'b'],
    ['[{"a":1},{"a":1,"c":[{"x":1}],"a" : 2}]', 'a'],
    ['{"\\u0061":1,"a":2}', 'a'],
    ['{"a\\"":1,"a\\"":2}', 'a"'],
  ])('finds the key of %s', (text, key) => {
    expect(duplicateKey(text)).toBe(key)
  })

  it.each(['{"a":{"a":1}}', '[{"a":1},{"a":1}]', '{"a":"a","b":"a:"}', '{"a":"{\\"a\\":1"}', '"a"', '{}'])(
    'finds none in %s',
    (text) => {
      expect(duplicateKey(text)).toBeUndefined()
    },
  )

  it('finds none in any JSON that was made from a value', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(duplicateKey(JSON.stringify(JSON.parse(text), null, 1))).toBeUndefined()
      }),
    )
  })
})
