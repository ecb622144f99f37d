import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreatePolicyCommand, CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import type { Account, AccountRules } from '@uais/contract'
import { startPostgres } from '@uais/devstack'
import type { AccountParams } from '@uais/guardrails'
import { startSandbox } from '@uais/sandbox'
import type { Config } from '../../../packages/server/src/config/config.ts'
import { loadConfig } from '../../../packages/server/src/config/config.ts'
import { createContext } from '../../../packages/server/src/context.ts'
import { migrate } from '../../../packages/server/src/db/migrate.ts'
import { openProcess } from '../../../packages/server/src/queue/runner.ts'
import type { Stack } from '../../../packages/server/src/runs/stack.ts'
import { createTerraformDoor } from '../../../packages/server/src/terraform/terraform.ts'
import type { WorkerContext } from '../../../packages/server/src/worker-context.ts'

export const account = {
  id: randomUUID(),
  name: 'claims',
  awsAccountId: '300000000003',
  externalId: `uais-${randomBytes(12).toString('hex')}`,
}
const platform = '200000000002'
const region = 'eu-west-1'
export const params: AccountParams = {
  ...{ partition: 'aws', awsAccountId: account.awsAccountId, accountName: account.name, region },
  ...{ platformAccountId: platform, profile: 'regulated' },
  breakGlassPrincipal: `arn:aws:iam::${account.awsAccountId}:role/break-glass`,
}
const boundaryArn = `arn:aws:iam::${account.awsAccountId}:policy/uais/uais-boundary`

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }],
})

const everything = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
})

export interface Bench {
  config: Config
  sandboxUrl: string
  dataDir: string
  /** Credentials of the account's administrator. */
  admin(): Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken: string }>
  context(): Promise<WorkerContext & { end(): Promise<void> }>
  stop(): Promise<void>
}

/**
 * Sandbox, database and an account; the run engine is then driven as its reconciles drive it.
 * @param roles whether the platform's roles are there: wide ones, for tests that are not about what they may do
 */
export async function startBench(roles: 'wide' | 'none' = 'wide'): Promise<Bench> {
  const dataDir = mkdtempSync(join(tmpdir(), 'uais-worker-'))
  const sandbox = await startSandbox({ port: 0 })
  const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres'), fast: true })
  const config = configFor(dataDir, sandbox.url, postgres.url)
  const admin = () => credentials(sandbox.url, 'claims', 'admin')
  if (roles === 'wide') await makeWideRoles(sandbox.url, await admin())
  const context = () => openContext(config)
  const first = await context()
  await seedAccount(first)
  await first.end()
  return {
    config,
    sandboxUrl: sandbox.url,
    dataDir,
    admin,
    context,
    async stop() {
      await postgres.stop()
      await sandbox.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** What `startWorker` opens, without its queue: the tests call what the queue would. */
export async function openContext(config: Config): Promise<WorkerContext & { end(): Promise<void> }> {
  const opened = createContext(config, 'worker')
  await migrate(opened.database)
  const holder = await openProcess(opened.database, opened.log)
  const stopping = new AbortController()
  const terraform = createTerraformDoor(config.terraform)
  return { ...opened, terraform, holder, stopping: stopping.signal, end: () => opened.stop() }
}

export function configFor(dataDir: string, sandboxUrl: string, databaseUrl: string): Config {
  const tenant = '11111111-2222-3333-4444-555555555555'
  const group = randomUUID()
  const config = loadConfig({
    DATABASE_URL: databaseUrl,
    UAIS_DATA_DIR: dataDir,
    UAIS_LOG_LEVEL: process.env.UAIS_LOG_LEVEL ?? 'error',
    UAIS_ENTRA_ISSUER: `http://127.0.0.1:1/${tenant}/v2.0`,
    UAIS_ENTRA_CLIENT_ID: 'x',
    UAIS_ENTRA_CLIENT_SECRET: 'x',
    UAIS_ADMIN_GROUP: group,
    UAIS_REVIEWER_GROUP: group,
    UAIS_AUDITOR_GROUP: group,
    UAIS_PLATFORM_ACCOUNT_ID: platform,
    UAIS_PLATFORM_REGION: region,
    UAIS_STATE_BUCKET: `uais-state-${platform}`,
    AWS_ENDPOINT_URL: sandboxUrl,
    UAIS_AWS_CREDENTIALS_URL: `${sandboxUrl}/_sandbox/container-credentials/platform/uais-worker`,
    UAIS_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
    ...(process.env.PATH ? { PATH: process.env.PATH } : {}),
    ...(process.env.HOME ? { HOME: process.env.HOME } : {}),
    ...(process.env.UAIS_TF_MIRROR ? { UAIS_TF_MIRROR: process.env.UAIS_TF_MIRROR } : {}),
  })
  return { ...config, terraform: { ...config.terraform, sourceDir: fileURLToPath(new URL('.', import.meta.url)) } }
}

async function credentials(sandboxUrl: string, accountName: string, role: string) {
  const answer = await fetch(`${sandboxUrl}/_sandbox/credentials`, {
    method: 'POST',
    headers: { 'x-uais-sandbox': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account: accountName, role }),
  })
  const { accessKeyId, secretAccessKey, sessionToken } = (await answer.json()) as Record<string, string>
  return { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey!, sessionToken: sessionToken! }
}

/** The roles of a bootstrap, but wide. */
async function makeWideRoles(sandboxUrl: string, admin: Awaited<ReturnType<typeof credentials>>): Promise<void> {
  const iam = new IAMClient({ endpoint: sandboxUrl, region, credentials: admin })
  await iam.send(new CreatePolicyCommand({ PolicyName: 'uais-boundary', Path: '/uais/', PolicyDocument: everything }))
  for (const name of ['uais-provision', 'uais-audit', 'uais-teardown', 'uais-mint']) {
    const principal = name === 'uais-mint' ? 'uais-api' : 'uais-worker'
    await iam.send(
      new CreateRoleCommand({
        RoleName: name,
        Path: '/uais/',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { AWS: `arn:aws:iam::${platform}:role/${principal}` },
              Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
              Condition: {
                StringEquals: { 'sts:ExternalId': account.externalId },
                StringLike: { 'sts:SourceIdentity': '*' },
              },
            },
          ],
        }),
      }),
    )
    await iam.send(new PutRolePolicyCommand({ RoleName: name, PolicyName: 'all', PolicyDocument: everything }))
  }
}

async function seedAccount(ctx: WorkerContext): Promise<void> {
  await ctx.db
    .insertInto('resource')
    .values({
      id: account.id,
      kind: 'Account',
      name: account.name,
      account_id: null,
      project_id: null,
      spec: JSON.stringify({ awsAccountId: account.awsAccountId }),
      status: JSON.stringify({ phase: 'Ready', observedGeneration: 1, conditions: [], outputs: {}, lastRunId: null }),
    })
    .execute()
  await ctx.db.insertInto('account_link').values({ account_id: account.id, external_id: account.externalId }).execute()
}

/** The tiny stack under a name of its own. */
export function tinyStack(
  name: string,
  change: Partial<Stack> & { roles?: string[]; approval?: 'every-change' } = {},
): Stack {
  const { roles = [`uais-${name}-a`, `uais-${name}-b`], approval = 'destructive-only', ...rest } = change
  return {
    kind: 'tiny' as Stack['kind'],
    key: `tiny/${name}`,
    resource: { kind: 'Account', id: account.id, name: account.name, generation: 1, projectId: null },
    account: { ...account, region, partition: 'aws', approval },
    targetAccountId: account.awsAccountId,
    targetRole: 'uais-provision',
    sessionPolicy: everything,
    variables: {
      aws_account_id: account.awsAccountId,
      boundary_arn: boundaryArn,
      bucket: `uais-${name}-${account.awsAccountId}`,
      region,
      roles,
      tags: { ManagedBy: 'UAIS', 'uais:stack': `tiny/${name}` },
    },
    policies: { trust },
    denials: [],
    ...rest,
  }
}

/** A stack without a provider, for what is about the engine and not about AWS. */
export function bareStack(
  name: string,
  change: { names?: string[]; seconds?: number; approval?: 'every-change' } = {},
): Stack {
  const { names = ['a', 'b'], seconds = 0, approval } = change
  const tiny = tinyStack(name, approval ? { approval } : {})
  return { ...tiny, kind: 'bare' as Stack['kind'], key: `bare/${name}`, variables: { names, seconds } }
}

/** What a person would want of the account: a network and a key of its own, guarded or not by its organization. */
export async function wantAccount(
  db: WorkerContext['db'],
  organization: Account['spec']['organization'] = null,
  rules?: AccountRules,
): Promise<void> {
  const spec = {
    awsAccountId: account.awsAccountId,
    region,
    mode: 'iam',
    ownerGroup: randomUUID(),
    organization,
    network: { kind: 'managed', cidr: '10.60.0.0/20' },
    key: { kind: 'created' },
    guardrailProfile: 'regulated',
    breakGlassPrincipal: `arn:aws:iam::${account.awsAccountId}:role/break-glass`,
    approval: 'destructive-only',
    monthlyBudgetUsd: 1000,
    dataUseTerms: '',
    ...(rules ? { rules } : {}),
  }
  await db
    .updateTable('resource')
    .set({ spec: JSON.stringify(spec) })
    .where('id', '=', account.id)
    .execute()
}
