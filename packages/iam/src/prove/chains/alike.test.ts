import { describe, expect, it } from 'vitest'
import type { PolicyStatement } from '../../policy/document.ts'
import type { ProofBundle } from '../bundle.ts'
import { compileWorld } from '../world.ts'
import { Alike } from './alike.ts'

const account = 'arn:aws:iam::111122223333:'

async function alikeUnder(statement: PolicyStatement): Promise<Alike> {
  const bundle: ProofBundle = {
    account: '111122223333',
    partition: 'aws',
    region: 'eu-west-1',
    principals: [],
    resources: [{ arn: 'arn:aws:s3:::data', resourcePolicy: { Version: '2012-10-17', Statement: statement } }],
    invariants: [],
  }
  return new Alike(await compileWorld(bundle))
}

const read = { Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::data/*' } as const
const one = `${account}role/one`
const other = `${account}role/other`

describe('Alike', () => {
  it('takes roles as alike when no policy sees their names', async () => {
    const alike = await alikeUnder({ ...read, Principal: '*' })
    expect(alike.looksOf(one, { team: 'a' })).toBe(alike.looksOf(other, { team: 'b' }))
  })

  it.each<[string, PolicyStatement]>([
    ['a Principal element', { ...read, Principal: { AWS: one } }],
    ['a pattern', { ...read, Principal: '*', Condition: { ArnLike: { 'aws:PrincipalArn': `${account}role/on?` } } }],
    ['a variable', { ...read, Principal: '*', Resource: 'arn:aws:s3:::data/${aws:username}/*' }],
  ])('tells them apart by %s', async (_name, statement) => {
    const alike = await alikeUnder(statement)
    expect(alike.looksOf(one, {})).not.toBe(alike.looksOf(other, {}))
  })

  it('tells them apart by tags that a policy reads', async () => {
    const Condition = { StringEquals: { 'aws:PrincipalTag/team': 'a' } }
    const alike = await alikeUnder({ ...read, Principal: '*', Condition })
    expect(alike.looksOf(one, { team: 'a' })).not.toBe(alike.looksOf(one, { team: 'b' }))
  })

  it('lets a role stand for a user, but not a user for a role', async () => {
    const alike = await alikeUnder({ ...read, Principal: '*' })
    const user = `${account}user/one`
    expect(alike.looksLike(user, {})).toContain(alike.looksOf(one, {}))
    expect(alike.looksLike(one, {})).not.toContain(alike.looksOf(user, {}))
  })

  it('keeps them apart where a policy reads what kind of principal calls', async () => {
    const Condition = { StringEquals: { 'aws:PrincipalType': 'User' } }
    const alike = await alikeUnder({ ...read, Principal: '*', Condition })
    expect(alike.looksLike(`${account}user/one`, {})).not.toContain(alike.looksOf(one, {}))
  })
})
