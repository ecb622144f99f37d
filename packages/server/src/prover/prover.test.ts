import type { ProofBundle } from '@uais/iam'
import { afterAll, expect, it } from 'vitest'
import { createProver } from './prover.ts'

const prover = createProver()
afterAll(() => prover.stop())

const admin = 'arn:aws:iam::111122223333:role/admin'
const bundle = (Action: string): ProofBundle => ({
  account: '111122223333',
  partition: 'aws',
  region: 'eu-west-1',
  principals: [
    {
      arn: admin,
      identityPolicies: [
        { name: 'p', policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } },
      ],
    },
  ],
  resources: [],
  invariants: [{ id: 'ORG-1/leave', nobodyBut: [], may: ['organizations:LeaveOrganization'], on: { arns: ['*'] } }],
})

it('proves in a thread of its own, while this one goes on', async () => {
  let ticks = 0
  const ticking = setInterval(() => ticks++, 5)
  const [allowed, denied] = await Promise.all([
    prover.prove(bundle('organizations:*'), 60),
    prover.prove(bundle('s3:GetObject'), 60),
  ])
  clearInterval(ticking)
  expect(allowed).toMatchObject([
    { verdict: 'disproved', counterexample: { principal: admin, action: 'organizations:LeaveOrganization' } },
  ])
  expect(denied).toMatchObject([{ id: 'ORG-1/leave', verdict: 'proved' }])
  expect(ticks).toBeGreaterThan(5)
  const again = await prover.prove(bundle('s3:GetObject'), 0)
  expect(again[0]).toBe(denied[0])
  const more = bundle('s3:GetObject')
  more.invariants = [...more.invariants, { id: 'S3/read', nobodyBut: [], may: ['s3:GetObject'], on: { arns: ['*'] } }]
  const both = await prover.prove(more, 60)
  expect(both.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['ORG-1/leave', 'proved'],
    ['S3/read', 'disproved'],
  ])
  expect(both[0]).toBe(denied[0])
})

it('says unknown when there is no time, and is there again afterwards', async () => {
  const cold = createProver()
  expect(await cold.prove(bundle('ec2:*'), 0)).toMatchObject([
    { verdict: 'unknown', why: expect.stringContaining('longer than 0 seconds') },
  ])
  expect(await cold.prove(bundle('ec2:*'), 60)).toMatchObject([{ verdict: 'proved' }])
  await cold.stop()
})

it('does not begin what was given up before its turn', async () => {
  const left = new AbortController()
  const first = prover.prove(bundle('sqs:*'), 60)
  const second = prover.prove(bundle('sns:*'), 60, left.signal)
  left.abort()
  expect(await first).toMatchObject([{ verdict: 'proved' }])
  await expect(second).rejects.toThrow(/aborted/)
  expect(await prover.prove(bundle('sns:*'), 60)).toMatchObject([{ verdict: 'proved' }])
})

it('names the fault of what cannot be read', async () => {
  await expect(prover.prove({ ...bundle('s3:*'), account: 'none' }, 60)).rejects.toThrow(/proving: .*account/)
  const broken = bundle('s3:*')
  broken.principals[0]!.identityPolicies[0]!.policy.Statement = 'none' as never
  await expect(prover.prove(broken, 60)).rejects.toThrow(/identityPolicies/)
})
