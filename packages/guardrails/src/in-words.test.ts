import { describe, expect, it } from 'vitest'
import { counterexampleInWords, invariantInWords } from './in-words.ts'

const role = (path: string) => `arn:aws:iam::111122223333:role/${path}`

describe('a promise in words', () => {
  it('says who is exempt, what, where and in which request', () =>
    expect(
      invariantInWords({
        id: 'NET-1/subnets',
        nobodyBut: [role('uais/uais-provision')],
        may: ['sagemaker:CreateTrainingJob'],
        on: { arns: ['*'] },
        when: { Null: { 'sagemaker:VpcSubnets': 'true' } },
      }),
    ).toBe(
      'Nobody but role/uais/uais-provision may sagemaker:CreateTrainingJob in a request where sagemaker:VpcSubnets is missing.',
    ))
  it('counts long lists instead of printing them', () =>
    expect(
      invariantInWords({
        id: 'IMM-1/tamper',
        nobodyBut: [],
        may: ['a:A', 'a:B', 'a:C', 'a:D', 'a:E', 'a:F'],
        accessLevels: ['Write', 'Tagging'],
        on: { tags: { ManagedBy: 'UAIS' } },
      }),
    ).toBe('Nobody may a:A, a:B, a:C, a:D or 2 more (Write or Tagging) on what is tagged ManagedBy=UAIS.'))
  it('says what must stay possible', () =>
    expect(
      invariantInWords({
        id: 'IMM-5/key',
        mustBeAbleTo: { principal: role('break-glass'), action: 'kms:DisableKey', resource: 'arn:aws:kms:::key/k' },
      }),
    ).toBe('role/break-glass can kms:DisableKey on arn:aws:kms:::key/k.'))
})

describe('a counterexample in words', () => {
  const act = {
    principal: role('Admin'),
    action: 'sagemaker:AddTags',
    resource: 'arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e',
    context: { 'aws:TagKeys': ['ManagedBy'], 'aws:PrincipalArn': role('Admin') },
  }
  it('is one sentence for one request, without what follows from it', () =>
    expect(counterexampleInWords({ ...act, steps: [] })).toBe(
      'role/Admin does sagemaker:AddTags on arn:aws:sagemaker:eu-west-1:111122223333:endpoint/e (aws:TagKeys = ManagedBy).',
    ))
  it('tells a chain in order', () =>
    expect(
      counterexampleInWords({
        ...act,
        steps: [{ principal: role('Admin'), action: 'iam:CreateRole', resource: role('UAIS-x'), context: {} }],
      }),
    ).toMatch(
      /^role\/Admin does iam:CreateRole on arn:aws:iam::111122223333:role\/UAIS-x; and then role\/Admin does sagemaker:AddTags/,
    ))
})
