import { describe, expect, it } from 'vitest'
import { accountUpdate } from './account.ts'
import { projectUpdate } from './project.ts'

describe('a change', () => {
  it.each([
    ['an account', accountUpdate, { monthlyBudgetUsd: 5 }],
    ['an account', accountUpdate, { rules: {} }],
    ['a project', projectUpdate, { costCentre: 'CC-2' }],
  ])('of %s leaves everything as it was that it does not name', (_, schema, spec) => {
    expect(schema.parse({ generation: 1, spec })).toEqual({ generation: 1, spec })
    expect(schema.parse({ generation: 1, spec: {} })).toEqual({ generation: 1, spec: {} })
  })

  it('of an account is checked as the account is', () => {
    const paths = (spec: object) =>
      accountUpdate.safeParse({ generation: 1, spec }).error?.issues.map((issue) => issue.path.join('.'))
    expect(paths({ monthlyBudgetUsd: 0 })).toEqual(['spec.monthlyBudgetUsd'])
    expect(paths({ rules: { approvedBuckets: [] } })).toEqual(['spec.rules.approvedBuckets'])
  })
})
