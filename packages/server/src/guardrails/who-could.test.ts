import type { ProofResult } from '@uais/contract'
import { counterexampleInWords } from '@uais/guardrails'
import type { PolicyDocument, ProofBundle } from '@uais/iam'
import { prove } from '@uais/iam'
import { expect, it } from 'vitest'
import type { AccountBundle } from './account-bundle.ts'
import { whoCould } from './who-could.ts'

const account = '111122223333'
const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`
const allow = (Action: string[], Resource = '*'): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action, Resource }],
})
const trusting = (Principal: object): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: Principal as never, Action: 'sts:AssumeRole' }],
})
const role = (name: string, actions: string[], by: object = { Service: 'ec2.amazonaws.com' }) => ({
  arn: arn(name),
  identityPolicies: [{ name: 'own', policy: allow(actions) }],
  trustPolicy: trusting(by),
})

const bundle: ProofBundle = {
  ...{ account, partition: 'aws', region: 'eu-west-1', resources: [] },
  principals: [
    role('admin', ['*'], { AWS: arn('deputy') }),
    role('developer', ['sagemaker:*']),
    role('deputy', ['s3:GetObject']),
    role('reader', ['s3:Get*']),
    role('uais/uais-teardown', ['sagemaker:DeleteDomain']),
  ],
  invariants: [
    { id: 'IMM-1/tamper', nobodyBut: [], may: ['sagemaker:*'], on: { tags: { ManagedBy: 'UAIS' } } },
    { id: 'ORG-1/leave', nobodyBut: [arn('admin')], may: ['organizations:LeaveOrganization'], on: { arns: ['*'] } },
    { id: 'IDN-6/enter', nobodyBut: [], may: ['sts:AssumeRole'], on: { arns: [arn('uais/service/*')] } },
    {
      id: 'COST-4/none',
      nobodyBut: [],
      may: ['braket:CreateJob'],
      on: { arns: ['*'] },
      when: { Null: { 'aws:SourceIdentity': 'false' }, StringEquals: { 'aws:PrincipalArn': 'nobody' } },
    },
  ],
}
const built: AccountBundle = { bundle, promises: new Map() }

async function proveWhat({ bundle: asked }: AccountBundle): Promise<ProofResult[]> {
  const { results } = await prove(asked)
  return results.map(({ id, counterexample, scope, assumptions, ...rest }) => ({
    ...rest,
    ...{ control: id.split('/')[0]!, invariant: id, exceptionId: null, assumptions: [...assumptions] },
    scope: { ...scope, unbounded: [...scope.unbounded] },
    counterexample: counterexample
      ? ({ ...counterexample, sentence: counterexampleInWords(counterexample) } as ProofResult['counterexample'])
      : null,
  }))
}

it('names everybody who could, also by becoming another, and shows how one without every right could', async () => {
  const { breakable, more } = await whoCould(built, proveWhat)
  const of = (id: string) => breakable.find(({ result }) => result.invariant === id)
  expect(new Set(of('IMM-1/tamper')?.principals)).toEqual(new Set([arn('admin'), arn('developer'), arn('deputy')]))
  expect(of('IMM-1/tamper')?.result.counterexample).toMatchObject({
    ...{ principal: arn('developer'), steps: [], sentence: expect.stringMatching(/^role\/developer does sagemaker:/) },
  })
  expect(of('ORG-1/leave')?.principals).toEqual([arn('deputy')])
  expect(of('ORG-1/leave')?.result.counterexample?.steps).toMatchObject([
    { principal: arn('deputy'), action: 'sts:AssumeRole', resource: arn('admin') },
  ])
  expect(more).toBe(false)
})

it('names nobody for what it takes a role that is not there, nor for what nobody could', async () => {
  const { breakable, results } = await whoCould(built, proveWhat)
  expect(breakable.map(({ result }) => result.invariant).sort()).toEqual(['IMM-1/tamper', 'ORG-1/leave'])
  expect(results.find(({ invariant }) => invariant === 'COST-4/none')?.verdict).toBe('proved')
})
