import {
  type Counterexample,
  type NamedDocument,
  type PolicyStatement,
  type ProofBundle,
  type ProofResult,
  prove,
} from '@uais/iam'
import { startSandbox } from '@uais/sandbox'
import { describe, expect, it } from 'vitest'
import type { CorpusCase } from './replay/case-files.ts'
import { chainCases } from './replay/chain-cases.ts'
import { commands } from './replay/commands.ts'
import { bundleOf, corpus } from './replay/corpus.ts'
import { lacking, leftOut } from './replay/left-out.ts'
import { nameOf } from './replay/principals.ts'
import { proveCases } from './replay/prove-cases.ts'
import { sendable, sendableChains } from './replay/sendable.ts'
import { signIn } from './replay/sign-in.ts'
import { openStage, type Refusal } from './replay/stage.ts'
import { account, document, fullAccess } from './replay/statements.ts'

async function verdictOf(bundle: ProofBundle): Promise<ProofResult> {
  const [told] = (await prove(bundle)).results
  return told!
}

interface Played {
  counterexample: Counterexample
  /** Absent: every request was allowed. */
  refused: Refusal | undefined
}

/** Builds the world, proves its bundle, and sends the counterexample; a `fix` for it is attached before. */
async function play(bundle: ProofBundle, fix?: (counterexample: Counterexample) => NamedDocument): Promise<Played> {
  const stage = await openStage(bundle)
  try {
    const { verdict, why, counterexample } = await verdictOf(stage.bundle)
    expect(verdict, why).toBe('disproved')
    await stage.furnish(counterexample!)
    await stage.guard(fix?.(counterexample!))
    return { counterexample: counterexample!, refused: await stage.replay(counterexample!) }
  } finally {
    await stage.close()
  }
}

/** AWS's own code and words: who is not authorised to do what on which resource, and which type of policy says so. */
function expectRefusal(refused: Refusal | undefined, action: RegExp, why: string): void {
  const { request, code, message } = refused ?? expect.fail('the request was not refused')
  expect(code).toBe(/^(iam|s3|sts):/.test(request.action) ? 'AccessDenied' : 'AccessDeniedException')
  const [, who, what, where, cause] =
    /^User: (\S+) is not authorized to perform: (\S+) on resource: "?([^"\s]+)"? (.+)$/.exec(message) ?? []
  const session = `arn:aws:sts::${account}:assumed-role/${nameOf(request.principal)}/`
  expect(who?.startsWith(request.principal.includes(':user/') ? request.principal : session), message).toBe(true)
  expect(what).toMatch(action)
  expect(where).toBe(request.resource)
  expect(cause).toContain(why)
}

/**
 * What the prover says, the wire says too: each counterexample is sent with the AWS SDK to a sandbox in which its world
 * is built, where it is allowed; with the corrected policies the promise is proved, and the same requests are refused.
 */
describe.each(corpus)('$title', (one) => {
  it('is disproved, really possible, and refused by the form that is proved', async () => {
    const [naive, fixed] = [bundleOf(one, one.naive), bundleOf(one, one.fixed)]
    const { counterexample, refused } = await play(naive)
    expect(refused).toBeUndefined()

    const kept = await verdictOf(fixed)
    expect(kept.verdict, kept.why).toBe('proved')
    const closed = await openStage(fixed)
    await closed.guard()
    expectRefusal(await closed.replay(counterexample).finally(() => closed.close()), /./, one.refusal)
  })
})

/** Exactly this request of exactly this principal; or what the case itself says that shuts every way. */
function fixOf({ closedBy }: CorpusCase, { principal, action, resource }: Counterexample): NamedDocument {
  const exact = { Action: action, Resource: resource, Condition: { ArnEquals: { 'aws:PrincipalArn': principal } } }
  return { name: 'fix', policy: document(closedBy ?? [{ Effect: 'Deny', ...exact }]) }
}

function withFix(bundle: ProofBundle, statements: PolicyStatement[]): ProofBundle {
  const fix = { level: account, policies: [fullAccess, { name: 'fix', policy: document(statements) }] }
  return { ...bundle, serviceControlPolicies: [...(bundle.serviceControlPolicies ?? []), fix] }
}

const all = [...proveCases, ...chainCases]
const replayed = all.filter(({ name }) => leftOut[name] === undefined)

describe('the corpus of the prover', () => {
  it('is replayed whole, but for what is listed with a reason', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
    const told = [leftOut, sendable, sendableChains].flatMap((table) => Object.keys(table))
    expect(told.filter((name) => !all.some((one) => one.name === name))).toEqual([])
    const counts = { disproved: all.length, replayed: replayed.length, leftOut: Object.keys(leftOut).length }
    console.log(`replayed: ${JSON.stringify(counts)}, and ${corpus.length} published policies`)
    expect(counts.replayed).toBeGreaterThanOrEqual(55)
  })

  it.each(replayed.map((one) => [one.name, one] as const))('%s: allowed, and refused after the fix', async (_, one) => {
    const open = await play(one.bundle)
    expect(open.refused).toBeUndefined()
    const steps = open.counterexample.steps.map(
      ({ principal, action, resource }) => `${principal} ${action} ${resource}`,
    )
    if (one.steps) expect(steps).toEqual(one.steps.map((step) => expect.stringMatching(step)))
    const { refused } = await play(one.bundle, (counterexample) => fixOf(one, counterexample))
    const denied = one.closedBy?.flatMap(({ Action }) => Action ?? []) ?? [refused?.request.action]
    const action = new RegExp(`^(${denied.join('|').replaceAll('*', '.*')})$`)
    expectRefusal(refused, action, 'with an explicit deny in a service control policy')
    if (one.closedBy) expect(await verdictOf(withFix(one.bundle, one.closedBy))).toMatchObject({ verdict: 'proved' })
  })

  it('leaves out what the sandbox really lacks', async () => {
    const sandbox = await startSandbox({ port: 0 })
    const admin = await signIn(sandbox, 'claims', 'admin')
    try {
      for (const [name, { action }] of Object.entries(leftOut)) {
        const { counterexample } = await verdictOf(all.find((one) => one.name === name)!.bundle)
        const requests = counterexample ? [...counterexample.steps, counterexample] : []
        expect(requests.length > 0, name).toBe(action !== undefined)
        if (!action) continue
        expect(requests.map((request) => request.action)).toContain(action)
        expect(commands).not.toHaveProperty([action])
        const ask = lacking[action]
        if (ask) await expect(ask(admin), action).rejects.toMatchObject({ name: 'NotImplemented' })
      }
    } finally {
      await sandbox.stop()
    }
  })
})
