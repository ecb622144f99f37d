import { describe, expect, it } from 'vitest'
import type { PolicyDocument } from '../policy/document.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { BundleError } from './bundle-error.ts'
import { prove } from './prove.ts'

const role = 'arn:aws:iam::111122223333:role/Admin'
const policy = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } }
const sound = {
  account: '111122223333',
  partition: 'aws',
  region: 'eu-west-1',
  principals: [{ arn: role, identityPolicies: [{ name: 'p', policy }] }],
  resources: [{ arn: 'arn:aws:s3:::data' }],
  invariants: [{ id: 'one', nobodyBut: [role], may: ['s3:GetObject'], on: { arns: ['*'] } }],
}
const scpOf = (statement: object) => ({
  serviceControlPolicies: [{ level: 'root', policies: [{ name: 's', policy: { ...policy, Statement: [statement] } }] }],
})
const invariantOf = (change: object) => ({ invariants: [{ ...sound.invariants[0], ...change }] })
const large: PolicyDocument = {
  Version: '2012-10-17',
  Statement: { Effect: 'Deny', Action: '*', Resource: `arn:aws:s3:::${'a'.repeat(11_000)}` },
}

async function faultOf(change: object): Promise<Error & { path: string }> {
  const error = await prove({ ...sound, ...change }).catch((fault: unknown) => fault)
  expect(error).toBeInstanceOf(Error)
  return error as Error & { path: string }
}

describe('a bundle that cannot be read', () => {
  it.each<[string, object, string]>([
    ['account', { account: '1111' }, 'should be twelve digits'],
    ['', { acount: '111122223333' }, "there is no field 'acount'"],
    ['region', { region: 'Ireland' }, 'should be a region'],
    ['principals', { principals: undefined }, 'should be a list, not nothing'],
    ['principals[0].arn', { principals: [{ arn: 'Admin', identityPolicies: [] }] }, 'the ARN of a role, a user'],
    [
      'principals[0].arn',
      { principals: [{ arn: 'arn:aws:iam::444455556666:role/Admin', identityPolicies: [] }] },
      'is of account 444455556666, the bundle is about 111122223333',
    ],
    ['principals[1].arn', { principals: [sound.principals[0], sound.principals[0]] }, 'is there twice'],
    [
      'resources[0].arn',
      { resources: [{ arn: 'arn:aws:sqs:eu-west-1:444455556666:q' }] },
      'is of account 444455556666',
    ],
    ['resources[0].tags.a', { resources: [{ arn: 'arn:aws:s3:::data', tags: { a: 1 } }] }, 'should be a string'],
    ['assume.aws:userid.pattern', { assume: { 'aws:userid': { pattern: '[a-' } } }, 'a class is not closed'],
    ['assume.user', { assume: { user: { absent: true } } }, 'is no condition key'],
    ['invariants[0].may', invariantOf({ may: [] }), 'names no action'],
    ['invariants[0].may[0]', invariantOf({ may: ['s3:GetObjekt'] }), "no action of AWS matches 's3:GetObjekt'"],
    ['invariants[0].may[0]', invariantOf({ may: ['GetObject'] }), 'an action or a pattern'],
    ['invariants[0].accessLevels[0]', invariantOf({ accessLevels: ['Admin'] }), "'Admin' is none of"],
    ['invariants[0].accessLevels', invariantOf({ accessLevels: ['Tagging'] }), 'none of the actions has'],
    ['invariants[0].on', invariantOf({ on: {} }), 'needs arns, tags or both'],
    [
      'serviceControlPolicies[0].policies[0]',
      { serviceControlPolicies: [{ level: 'root', policies: [{ name: 's', policy: large }] }] },
      'AWS stores at most 10240',
    ],
  ])('%s', async (path, change, message) => {
    const error = await faultOf(change)
    expect(error).toBeInstanceOf(BundleError)
    expect(error.path).toBe(path)
    expect(error.message).toContain(message)
  })

  it.each<[string, object, string]>([
    [
      'serviceControlPolicies[0].policies[0].policy.Statement[0].Condition.StringIs',
      scpOf({ Effect: 'Deny', Action: '*', Resource: '*', Condition: { StringIs: { 'aws:userid': 'a' } } }),
      "'StringIs' is no condition operator",
    ],
    [
      'serviceControlPolicies[0].policies[0].policy.Statement[0]',
      scpOf({ Effect: 'Deny', Action: '*', Resource: '*', Principal: '*' }),
      'Policy document should not specify a principal.',
    ],
    [
      'invariants[0].when.NumericLess',
      invariantOf({ when: { NumericLess: { 's3:max-keys': '1' } } }),
      "'NumericLess' is no condition operator",
    ],
  ])('%s', async (path, change, message) => {
    const error = await faultOf(change)
    expect(error).toBeInstanceOf(PolicyError)
    expect(error.path).toContain(path)
    expect(error.message).toContain(message)
  })

  it('is refused before anything is proved', async () => {
    await expect(prove('{}')).rejects.toThrow('should be an object, not the string')
  })
})
