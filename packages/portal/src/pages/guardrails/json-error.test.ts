import { expect, test } from 'vitest'
import { jsonError } from './json-error.ts'

test('JSON has no error', () => expect(jsonError('{"Version":"2012-10-17"}')).toBeNull())

test.each([
  ['a comma too many', '{\n  "a": 1,\n}', 3, 1],
  ['a missing quote', '{\n  "a": b\n}', 2, 8],
  ['an end too early', '{\n  "a": [1', 2, 10],
  ['nothing at all', '', 1, 1],
])('%s is found at its line and column', (_, text, line, column) => {
  expect(jsonError(text)).toMatchObject({ line, column })
})

test.each([
  ['{"a" 1}', "':' is expected here"],
  ['{"a": "b}', 'A closed string is expected here'],
  ['{"a": 1} 2', 'Nothing is expected after the end'],
  ['{"a": 1 "b": 2}', "',' or '}' is expected here"],
  ['[01]', "',' or ']' is expected here"],
])('%s: %s', (text, message) => expect(jsonError(text)?.message).toBe(message))
