import { describe, expect, it } from 'vitest'
import type { PolicyStatement } from '../../policy/document.ts'
import type { ProofBundle } from '../bundle.ts'
import { compileWorld } from '../world.ts'
import { freeNames } from './names.ts'

const account = 'arn:aws:iam::111122223333:'

async function namesUnder(statements: PolicyStatement[], principals: string[] = []): Promise<readonly string[]> {
  const bundle: ProofBundle = {
    account: '111122223333',
    partition: 'aws',
    region: 'eu-west-1',
    serviceControlPolicies: [
      { level: 'root', policies: [{ name: 'guard', policy: { Version: '2012-10-17', Statement: statements } }] },
    ],
    principals: principals.map((name) => ({ arn: account + name, identityPolicies: [] })),
    resources: [],
    invariants: [],
  }
  const names = await freeNames(await compileWorld(bundle))
  return names!.map((arn) => arn.slice(account.length)).sort()
}

const denyBut = (operator: string, ...arns: string[]): PolicyStatement => ({
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: { [operator]: { 'aws:PrincipalArn': arns } },
})

describe('freeNames', () => {
  it('is one name of each kind where no policy tells names apart', async () => {
    expect(await namesUnder([{ Effect: 'Allow', Action: '*', Resource: '*' }])).toEqual(['role/x', 'user/x'])
  })

  it('has a name inside and outside of a pattern, and where patterns overlap', async () => {
    const names = await namesUnder([
      denyBut('ArnNotLike', `${account}role/uais/*`),
      { Effect: 'Deny', Action: 'iam:*', Resource: `${account}role/*-admin` },
    ])
    const roles = names.filter((name) => name.startsWith('role/'))
    expect(roles.map((name) => [name.startsWith('role/uais/'), name.endsWith('-admin')]).sort()).toEqual([
      [false, false],
      [false, true],
      [true, false],
      [true, true],
    ])
  })

  it('takes an exact name that a policy mentions only when nobody has it', async () => {
    const guard = denyBut('ArnNotEquals', `${account}role/uais/worker`)
    expect(await namesUnder([guard])).toContain('role/uais/worker')
    expect(await namesUnder([guard], ['role/uais/worker'])).not.toContain('role/uais/worker')
  })

  it('avoids names that are taken', async () => {
    const names = await namesUnder([{ Effect: 'Allow', Action: '*', Resource: '*' }], ['role/x', 'user/x'])
    expect(names).toHaveLength(2)
    expect(names).not.toContain('role/x')
  })

  it('leaves out names of other accounts', async () => {
    const foreign = denyBut('ArnNotEquals', 'arn:aws:iam::444455556666:role/partner')
    expect(await namesUnder([foreign])).toEqual(['role/x', 'user/x'])
  })
})
