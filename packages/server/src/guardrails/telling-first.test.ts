import { type Invariant, type ProofBundle, prove } from '@uais/iam'
import { expect, it } from 'vitest'
import { tellingActions, tellingFirst } from './telling-first.ts'

const admin = 'arn:aws:iam::111122223333:role/admin'
const allowed = (invariants: Invariant[]): ProofBundle => ({
  ...{ account: '111122223333', partition: 'aws', region: 'eu-west-1', resources: [], invariants },
  principals: [
    {
      arn: admin,
      identityPolicies: [
        {
          name: 'all',
          policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
        },
      ],
    },
  ],
})

it('knows only actions that AWS has', async () => {
  const each = tellingActions.map(
    (action): Invariant => ({ id: action, nobodyBut: [], may: [action], on: { arns: ['*'] } }),
  )
  const { results } = await prove(allowed(each))
  expect(results.map(({ verdict, counterexample }) => [verdict, counterexample?.action])).toEqual(
    tellingActions.map((action) => ['disproved', action]),
  )
})

it('asks of them first, and of nothing that was not asked', async () => {
  const invariant: Invariant = { id: 'x', nobodyBut: [], may: ['sagemaker:*', 'sqs:Add*'], on: { arns: ['*'] } }
  const first = tellingFirst(invariant)
  expect('may' in first && first.may.filter((action) => !action.startsWith('sagemaker:'))).toEqual(['sqs:Add*'])
  const { results } = await prove(allowed([first]))
  expect(results[0]?.counterexample?.action).toBe('sagemaker:DeleteDomain')
  const ability: Invariant = { id: 'y', mustBeAbleTo: { principal: admin, action: 's3:GetObject', resource: '*' } }
  expect(tellingFirst(ability)).toBe(ability)
})
