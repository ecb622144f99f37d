import type { PolicyDocument, ProofBundle } from '@uais/iam'
import { expect, it } from 'vitest'
import { whoElse } from './who-else.ts'

const role = (name: string) => `arn:aws:iam::111122223333:role/${name}`
const policy = (Effect: 'Allow' | 'Deny', Action: string, more: object = {}): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect, Action, Resource: '*', ...more }],
})
const holding = (name: string, ...policies: PolicyDocument[]) => ({
  arn: role(name),
  identityPolicies: policies.map((each, index) => ({ name: `p${index}`, policy: each })),
})
const bundle: ProofBundle = {
  ...{ account: '111122223333', partition: 'aws', region: 'eu-west-1', invariants: [], resources: [] },
  serviceControlPolicies: [
    {
      level: 'root',
      policies: [
        { name: 'all', policy: policy('Allow', '*') },
        {
          name: 'but-one',
          policy: policy('Deny', 'sagemaker:DeleteDomain', {
            Condition: { ArnEquals: { 'aws:PrincipalArn': role('bound') } },
          }),
        },
      ],
    },
  ],
  principals: [
    holding('admin', policy('Allow', '*')),
    holding('bound', policy('Allow', '*')),
    holding('reader', policy('Allow', 's3:Get*')),
    holding('denied', policy('Allow', '*'), policy('Deny', 'sagemaker:*')),
    { ...holding('fenced', policy('Allow', '*')), permissionsBoundary: { name: 'b', policy: policy('Allow', 's3:*') } },
    {
      ...holding('tagged', policy('Allow', '*', { Condition: { StringEquals: { 'aws:PrincipalTag/team': 'ml' } } })),
      tags: { team: 'ml' },
    },
  ],
}

it('names everybody whom their own policies and what stands above them let send the request', () =>
  expect(
    whoElse(bundle, {
      ...{ principal: role('admin'), action: 'sagemaker:DeleteDomain' },
      resource: 'arn:aws:sagemaker:eu-west-1:111122223333:domain/d-1',
      context: { 'aws:PrincipalArn': role('admin') },
    }),
  ).toEqual([role('admin'), role('tagged')]))

const trusting = (AWS: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole' }],
})

it('follows a chain only where its first steps are open to another: a role opens for whom it trusts', () => {
  const target = { ...holding('target', policy('Allow', '*')), trustPolicy: trusting(role('reader')) }
  const world = { ...bundle, principals: [...bundle.principals, target] }
  const way = (resource: string) => ({
    ...{ principal: role('target'), action: 'iam:CreateUser', resource: '*', context: {} },
    steps: [{ principal: role('reader'), action: 'sts:AssumeRole', resource, context: {} }],
  })
  expect(whoElse(world, way(role('target')))).toEqual([role('reader')])
  expect(whoElse(world, way(role('nobody-made')))).toEqual([])
})
