import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type RunScope, renderBootstrap, renderOrganizationBootstrap, sessionPolicyFor } from '@uais/guardrails'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  exampleAccount,
  exampleExternalId,
  examples,
  type Live,
  liveFrom,
} from '../../packages/guardrails/src/examples.ts'
import { type Outputs, startTerraformBench, type TerraformBench } from './terraform-bench.ts'

/** An HTTP event collector as Splunk has one. */
async function startCollector() {
  const received: { authorization: string | undefined; body: string }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => (body += chunk))
    request.on('end', () => {
      received.push({ authorization: request.headers.authorization, body })
      response.end('{"text":"Success","code":0}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    server,
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/collector/event`,
  }
}
const soon = { timeout: 10_000 }
const token = '11111111-aaaa-4bbb-8ccc-222222222222'

const minutes = (count: number) => count * 60_000
const admin = { account: 'claims', role: 'admin' } as const
const manager = { account: 'management', role: 'admin' } as const
const worker = { account: 'platform', role: 'uais-worker' } as const

/** Order of building; the example's name, and what a run of it is narrowed to. */
const stacks: { path: string; scope: RunScope }[] = [
  { path: 'account/claims', scope: { kind: 'account' } },
  { path: 'project/fraud', scope: { kind: 'project', project: 'fraud' } },
  { path: 'data-source/uploads', scope: { kind: 'data-source', project: 'fraud', dataSource: 'uploads' } },
  { path: 'data-source/claims-history', scope: { kind: 'data-source', project: 'fraud', dataSource: 'history' } },
  { path: 'endpoint/live', scope: { kind: 'endpoint', project: 'fraud', deployment: 'live' } },
  { path: 'organization/claims', scope: { kind: 'organization' } },
]

/**
 * Each stack's example with the real Terraform and provider on a fresh sandbox: apply, a second plan without changes,
 * destroy. The owner runs the bootstrap; everything after is done by the platform's worker through the narrow roles, with
 * the session policy of the run, so that a missing or superfluous right shows here.
 */
describe('the stacks', () => {
  let bench: TerraformBench
  let live: Live | undefined
  let splunk: Awaited<ReturnType<typeof startCollector>>
  const seconds: Record<string, number> = {}

  beforeAll(async () => {
    bench = await startTerraformBench()
    splunk = await startCollector()
  }, minutes(2))
  afterAll(async () => {
    console.info(`terraform, seconds: ${JSON.stringify(seconds)}`)
    splunk?.server.close()
    await bench?.stop()
  })

  const terraform = async (
    name: string,
    folder: string,
    who: Parameters<TerraformBench['terraform']>[1],
    ...args: string[]
  ) => {
    const start = performance.now()
    const { code, text } = await bench.terraform(folder, who, ...args)
    seconds[`${name} ${args[0]}`] = Math.round((performance.now() - start) / 100) / 10
    expect(code, `terraform ${args[0]} of ${name}:\n${text.slice(-3000)}`).toBe(0)
    return text
  }

  const ownerRuns = async (name: string, who: typeof admin | typeof manager, fileName: string, text: string) => {
    const folder = join(bench.folder, name)
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, fileName), text)
    await terraform(name, folder, who, 'init')
    await terraform(name, folder, who, 'apply', '-auto-approve')
    await terraform(name, folder, who, 'plan', '-detailed-exitcode')
  }

  /** The example's variables with live ids, and the worker's way in. */
  const prepare = (path: string, scope: RunScope, leaving: boolean) => {
    const [kind, name] = path.split('/') as [string, string]
    const folder = join(bench.folder, 'stacks', kind)
    const inAccount = leaving ? 'uais-teardown' : 'uais-provision'
    const role =
      kind === 'organization'
        ? 'arn:aws:iam::100000000001:role/uais/uais-organization'
        : `arn:aws:iam::${exampleAccount.awsAccountId}:role/uais/${inAccount}`
    const assumeRole = {
      external_id: exampleExternalId,
      policy: sessionPolicyFor(scope, exampleAccount),
      role_arn: role,
      session_name: 'example',
      source_identity: '11111111-2222-4333-8444-555555555555',
    }
    const variables = join(folder, `${name}.run.tfvars.json`)
    writeFileSync(variables, JSON.stringify({ ...withCollector(examples(live)[path] ?? {}), assume_role: assumeRole }))
    return { folder, options: [`-var-file=${variables}`, `-state=${name}.tfstate`], state: `-state=${name}.tfstate` }
  }

  /** The example's Splunk is nobody's; events go to one that listens here. */
  const withCollector = (variables: { splunk?: object }) =>
    variables.splunk ? { ...variables, splunk: { ...variables.splunk, endpoint: splunk.url } } : variables

  it('the owner runs the bootstraps', { timeout: minutes(5) }, async () => {
    await bench.startRecorder()
    await bench.putSecret(exampleAccount.splunk?.secret ?? '', token)
    const account = renderBootstrap({ ...exampleAccount, externalId: exampleExternalId })
    await ownerRuns('bootstrap', admin, account.fileName, account.terraform)
    const organization = renderOrganizationBootstrap({
      ...{ partition: 'aws', region: exampleAccount.region, externalId: exampleExternalId },
      ...{ managementAccountId: '100000000001', platformAccountId: exampleAccount.platformAccountId },
    })
    await ownerRuns('bootstrap-organization', manager, organization.fileName, organization.terraform)
  })

  it.each(stacks)(
    '$path is applied, and then has nothing to change',
    { timeout: minutes(6) },
    async ({ path, scope }) => {
      if (path === 'endpoint/live')
        await bench.putArtifact((examples(live)[path] as { artifact: { uri: string } }).artifact.uri)
      const { folder, options, state } = prepare(path, scope, false)
      await terraform(path, folder, worker, 'init')
      await terraform(path, folder, worker, 'apply', '-auto-approve', ...options)
      await terraform(path, folder, worker, 'plan', '-detailed-exitcode', ...options)
      const outputs = JSON.parse(await terraform(path, folder, worker, 'output', '-json', state)) as Outputs
      if (path === 'account/claims') {
        expect(outputs.boundary_current?.value).toBe(true)
        live = liveFrom(outputs)
        // The owner's token reached Splunk, and nowhere that the platform keeps.
        await expect.poll(() => splunk.received.length, soon).toBeGreaterThan(0)
        expect(splunk.received[0]?.authorization).toBe(`Splunk ${token}`)
        expect(JSON.parse(splunk.received[0]?.body ?? '')).toMatchObject({ index: 'aws', source: 'uais' })
        expect(readFileSync(join(folder, 'claims.tfstate'), 'utf8')).not.toContain(token)
      }
    },
  )

  it('AWS Budgets attaches the stop when the budget is spent, until the next month', {
    timeout: minutes(1),
  }, async () => {
    const stop = 'uais-claims-budget-stop'
    expect(await bench.attachedPolicies()).not.toContain(stop)
    await bench.spend('uais-claims', 1000.01)
    await expect.poll(bench.attachedPolicies, soon).toContain(stop)
    await bench.spend('uais-claims', 0)
    await expect.poll(bench.attachedPolicies, soon).not.toContain(stop)
  })

  it.each([...stacks].reverse())('$path is destroyed', { timeout: minutes(6) }, async ({ path, scope }) => {
    const { folder, options } = prepare(path, scope, true)
    await terraform(path, folder, worker, 'destroy', '-auto-approve', ...options)
  })

  it('nothing of ours is left but the bootstrap, which the owner removes', { timeout: minutes(5) }, async () => {
    await terraform('bootstrap', join(bench.folder, 'bootstrap'), admin, 'destroy', '-auto-approve')
  })
})
