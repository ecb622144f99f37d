import { slug } from '@uais/contract'
import { expect, it } from 'vitest'
import { nameFor } from './workspaces.ts'

it.each([
  ['sam@uais.example', 'sam'],
  ['Anna-Lena.Müller@uais.example', 'anna-lena-mu-ller'],
  ['007.bond@uais.example', 'bond'],
  ['a@uais.example', 'workspace-a'],
  ['1@uais.example', 'workspace'],
  [`${'x'.repeat(60)}@uais.example`, 'x'.repeat(24)],
])('%s → %s, which is a valid name', (upn, wanted) => {
  expect(nameFor(upn)).toBe(wanted)
  expect(slug().safeParse(nameFor(upn)).success).toBe(true)
})
