import { expect, it } from 'vitest'
import { ownPath } from './sign-in.ts'

it.each([
  ['/projects/1?tab=data', '/projects/1?tab=data'],
  ['/', '/'],
  ['//evil.example/x', '/'],
  ['/\\evil.example', '/'],
  ['https://evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/x\r\nset-cookie: a=b', '/'],
  [['/a', '/b'], '/'],
  [undefined, '/'],
])('after sign-in %j leads to %s', (given, wanted) => {
  expect(ownPath(given)).toBe(wanted)
})
