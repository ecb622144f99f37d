import type { PolicyStatement, ProofBundle } from '@uais/iam'
import { describe, expect, it } from 'vitest'
import { overlap, touched } from './touched.ts'

describe('two action patterns', () => {
  it.each([
    ['s3:GetObject', 's3:getobject', true],
    ['s3:Get*', 's3:*Object', true],
    ['s3:Get*', 's3:Put*', false],
    ['*', 'sagemaker:CreateApp', true],
    ['sagemaker:Create*App', 'sagemaker:*Preset*', true],
    ['s3:Get?bject', 's3:GetObject', true],
    ['s3:Get?', 's3:Get', false],
    ['iam:*', 'sts:*', false],
    ['', '*', true],
    ['a**b', 'ab', true],
  ])('%s and %s: %s', (left, right, wanted) => {
    expect(overlap(left, right)).toBe(wanted)
    expect(overlap(right, left)).toBe(wanted)
  })
})

const statement = (Action: string, change: Partial<PolicyStatement> = {}): PolicyStatement => ({
  ...{ Effect: 'Deny', Action, Resource: '*' },
  ...change,
})
const bundle = (...statements: PolicyStatement[]): ProofBundle => ({
  ...{ account: '111122223333', partition: 'aws', region: 'eu-west-1', principals: [], resources: [] },
  serviceControlPolicies: [
    { level: 'root', policies: [{ name: 's', policy: { Version: '2012-10-17', Statement: statements } }] },
  ],
  invariants: [
    { id: 'S3', nobodyBut: [], may: ['s3:Put*'], on: { arns: ['*'] } },
    { id: 'KMS', nobodyBut: [], may: ['kms:*'], on: { arns: ['*'] } },
    { id: 'STAYS', mustBeAbleTo: { principal: 'p', action: 'logs:GetLogEvents', resource: '*' } },
  ],
})
const ids = (was: ProofBundle, would: ProofBundle) => [...touched(was, would)].sort()

describe('an edit touches', () => {
  const kept = statement('kms:Decrypt')
  it('nothing when it changes nothing', () => expect(ids(bundle(kept), bundle(kept))).toEqual([]))
  it('what is about the actions of a statement that is gone, and what must stay possible', () =>
    expect(ids(bundle(kept, statement('s3:PutObject')), bundle(kept))).toEqual(['S3', 'STAYS']))
  it('what is about the actions of a statement that is new', () =>
    expect(ids(bundle(kept), bundle(kept, statement('kms:Create*')))).toEqual(['KMS', 'STAYS']))
  it('everything where the actions are a way of becoming somebody else', () =>
    expect(ids(bundle(kept), bundle(kept, statement('iam:PassRole')))).toEqual(['KMS', 'S3', 'STAYS']))
  it('everything where the statement says which actions it does not mean', () => {
    const { Action: _, ...rest } = statement('x')
    expect(ids(bundle(kept), bundle(kept, { ...rest, NotAction: 's3:*' }))).toEqual(['KMS', 'S3', 'STAYS'])
  })
  it('everything where who may become a role changes', () => {
    const trusting = (Action: string) => ({
      ...bundle(kept),
      principals: [
        {
          ...{ arn: 'arn:aws:iam::111122223333:role/r', identityPolicies: [] },
          trustPolicy: {
            Version: '2012-10-17' as const,
            Statement: [{ ...statement(Action), Effect: 'Allow' as const }],
          },
        },
      ],
    })
    expect(ids(trusting('sts:AssumeRole'), trusting('sts:*'))).toEqual(['KMS', 'S3', 'STAYS'])
  })
})
