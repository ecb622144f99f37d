import { describe, expect, it } from 'vitest'
import { type CatalogueAction, catalogueAction } from '../../../catalogue/catalogue.ts'
import type { PolicyStatement } from '../../../policy/document.ts'
import type { ProofBundle, ProofResource } from '../../bundle.ts'
import { compileWorld } from '../../world.ts'
import { actionNames } from '../action-names.ts'
import { allPassingWays } from '../pass-role.ts'
import { reachable } from '../reach.ts'
import { computeWays } from './compute.ts'

const account = '111122223333'
const worker = `arn:aws:iam::${account}:role/uais/worker`
const version = '2012-10-17' as const

/** A role that may do no more than these actions, and one that nobody may become. */
function bundleOf(actions: readonly string[], service: string, resources: ProofResource[] = []): ProofBundle {
  const may: PolicyStatement = { Effect: 'Allow', Action: [...actions], Resource: '*' }
  const trust: PolicyStatement = { Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }
  const trustPolicy = { Version: version, Statement: trust }
  const dev = { name: 'dev', policy: { Version: version, Statement: may } }
  return {
    account,
    partition: 'aws',
    region: 'eu-west-1',
    principals: [
      { arn: `arn:aws:iam::${account}:role/Dev`, identityPolicies: [dev] },
      { arn: worker, identityPolicies: [], trustPolicy },
    ],
    resources,
    invariants: [],
  }
}

async function stepsOf(bundle: ProofBundle): Promise<string[] | undefined> {
  const { candidates } = await reachable(await compileWorld(bundle), [worker])
  return candidates.find(({ arn }) => arn === worker)?.steps.map(({ action }) => action)
}

describe('ways', () => {
  it('names only actions that the catalogue has', async () => {
    const found = await Promise.all(actionNames().map((name) => catalogueAction(name)))
    expect(found.map((one) => (one as CatalogueAction).action)).toEqual(actionNames())
  })

  const passing = allPassingWays.map(
    (way) => [`${way.service}: ${way.needs.map(({ action }) => action)}`, way] as const,
  )
  it.each(passing)('%s, and not without any one of them', async (_name, { service, needs }) => {
    const actions = ['iam:PassRole', ...needs.map(({ action }) => action)]
    expect(await stepsOf(bundleOf(actions, service))).toEqual(actions)
    for (const missing of actions) {
      const others = actions.filter((action) => action !== missing)
      expect(await stepsOf(bundleOf(others, service))).toBeUndefined()
    }
    expect(await stepsOf(bundleOf(actions, 'config.amazonaws.com'))).toBeUndefined()
  })

  const compute = computeWays.map(
    (way) => [`${way.resource.source}: ${way.needs.map(({ action }) => action)}`, way] as const,
  )
  it.each(compute)('%s, and not without any one of them', async (_name, { resource, needs }) => {
    const actions = [...new Set(needs.map(({ action }) => action))]
    const held = { arn: exampleOf(resource), role: worker }
    const steps = await stepsOf(bundleOf(actions, 'config.amazonaws.com', [held]))
    expect([...new Set(steps)]).toEqual(actions)
    for (const missing of actions) {
      const others = actions.filter((action) => action !== missing)
      expect(await stepsOf(bundleOf([...others, 'none:None'], 'config.amazonaws.com', [held]))).toBeUndefined()
    }
    expect(await stepsOf(bundleOf(actions, 'config.amazonaws.com', [{ arn: held.arn }]))).toBeUndefined()
  })
})

function exampleOf({ source }: RegExp): string {
  const parts = ['aws', 'eu-west-1', account, 'one', 'two']
  const groups = /\(\[\^?[^\]]+\]\+\)|\(\[\^:\]\*\)|\(\.\+\)/g
  return source
    .replace(/^\^|\$$/g, '')
    .replaceAll('\\/', '/')
    .replace(groups, () => parts.shift()!)
}
