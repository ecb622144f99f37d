import type { ExistingRisk } from '@uais/contract'
import { expect, it } from 'vitest'
import { existingInWords, type Sum, theseCould } from './existing-words.ts'

const arn = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const [admin, developer, reader] = [arn('admin'), arn('developer'), arn('reader')]
const sum = (change: Partial<Sum> = {}): Sum => ({
  ...{ own: [admin, developer, reader], administrators: new Set([admin]), promises: 9, more: false, risks: [] },
  could: [[admin, developer], [admin]],
  ...change,
})
const risk = (verdict: ExistingRisk['verdict']): ExistingRisk => ({
  ...{ control: 'IMM-2', title: 'T', invariant: 'IMM-2/end', verdict, why: 'W', principals: [], counterexample: null },
})

it('says how many, and tells those with every right from the others', () =>
  expect(existingInWords(sum())).toBe(
    'With what you have today, 2 of your 3 roles and users could break 2 of 9 promises of UAIS: role/admin (2), with every right; and role/developer (1), without.',
  ))

it('says that it is nobody, or everybody', () => {
  expect(existingInWords(sum({ could: [] }))).toBe(
    'With what you have today, none of your 3 roles and users could break any of 9 promises of UAIS.',
  )
  expect(existingInWords(sum({ could: [[admin, developer, reader]] }))).toContain(
    'today, all of your 3 roles and users',
  )
})

it('says what keeps UAIS from working, and what is not known', () => {
  const words = existingInWords(sum({ risks: [risk('disproved'), risk('unknown')], more: true }))
  expect(words).toContain(' What binds the account would keep UAIS from 1 thing that it must do.')
  expect(words).toContain(' 1 could not be decided. There may be more:')
})

it('names six, and how many more', () => {
  expect(theseCould([developer])).toBe('One of your roles and users could: role/developer.')
  const eight = Array.from({ length: 8 }, (_, index) => arn(`r${index}`))
  expect(theseCould(eight)).toBe(
    'These 8 of your roles and users could: role/r0, role/r1, role/r2, role/r3, role/r4, role/r5 and 2 more.',
  )
})
