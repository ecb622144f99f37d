import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Client, createClient } from '@uais/contract'
import { type Devstack, startDevstack, startPostgres } from '@uais/devstack'
import { Browser, groupId, oid } from '@uais/sandbox'
import pg from 'pg'

/** The API with a real database, Entra and AWS sandbox; no worker, so that tests say themselves what was reconciled. */
export interface ApiStack {
  url: string
  stack: Devstack
  pool: pg.Pool
  /** A signed-in person; the session is made once per person. */
  as(name: string): Promise<Visitor>
  stop(): Promise<void>
}

interface Visitor {
  name: string
  oid: string
  client: Client
  headers: Record<string, string>
  /** A raw request as this person, with cookie and CSRF token. */
  fetch(path: string, init?: RequestInit): Promise<Response>
}

export async function startApiStack(env: Record<string, string> = {}): Promise<ApiStack> {
  const dataDir = mkdtempSync(join(tmpdir(), 'uais-api-'))
  const postgres = await startPostgres({ dataDir: join(dataDir, 'db'), fast: true })
  const stack = await startDevstack({
    ...{ dataDir, ports: { portal: 0, aws: 0, entra: 0 }, databaseUrl: postgres.url },
    ...{ withPortal: false, withWorker: false, logLevel: process.env.TEST_LOG ?? 'silent' },
    env: { UAIS_REQUESTS_PER_MINUTE: '1000000', ...env },
  })
  const url = stack.urls.portal
  const pool = new pg.Pool({ connectionString: postgres.url, max: 4 })
  const visitors = new Map<string, Promise<Visitor>>()
  return {
    url,
    stack,
    pool,
    as(name) {
      const known = visitors.get(name) ?? signIn(url, name)
      visitors.set(name, known)
      return known
    },
    async stop() {
      await pool.end()
      await stack.stop()
      await postgres.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

/** Begins at the portal, chooses the person at Entra; gives the callback's URL and the cookie that must come with it. */
export async function beginSignIn(url: string, name: string): Promise<{ callback: URL; cookie: string }> {
  const begun = await fetch(`${url}/auth/sign-in`, { redirect: 'manual' })
  const cookie = cookieOf(begun, 'uais-sign-in')
  const callback = await new Browser().signIn(
    new URL(begun.headers.get('location') ?? ''),
    oid(name),
    `${url}/auth/callback`,
  )
  return { callback, cookie }
}

export function cookieOf(response: Response, name: string): string {
  const line = response.headers.getSetCookie().find((each) => each.startsWith(`${name}=`)) ?? ''
  return line.split(';')[0] ?? ''
}

async function signIn(url: string, name: string): Promise<Visitor> {
  const { callback, cookie } = await beginSignIn(url, name)
  const landed = await fetch(callback, { redirect: 'manual', headers: { cookie } })
  if (landed.status !== 303) throw new Error(`signing in as ${name}: ${landed.status} ${await landed.text()}`)
  const session = cookieOf(landed, 'uais')
  const { csrfToken } = (await (await fetch(`${url}/api/v1/session`, { headers: { cookie: session } })).json()) as {
    csrfToken: string
  }
  const headers = { cookie: session, 'x-csrf-token': csrfToken }
  return {
    ...{ name, oid: oid(name), headers },
    client: createClient({ origin: url, headers: () => headers }),
    fetch: (path, init = {}) =>
      fetch(url + path, { ...init, headers: { ...headers, ...(init.headers as Record<string, string>) } }),
  }
}

/** Specs that are right in every field; tests change one thing at a time. */
export const accountSpec = {
  awsAccountId: '300000000003',
  region: 'eu-west-1',
  ownerGroup: groupId('claims-data-owners'),
  organization: { managementAccountId: '100000000001', targetId: '300000000003' },
  network: { kind: 'managed' as const },
  key: { kind: 'created' as const },
  breakGlassPrincipal: 'arn:aws:iam::300000000003:role/break-glass',
}
export const projectSpec = (accountId: string) => ({
  accountId,
  objective: 'Find fraudulent claims before they are paid.',
  costCentre: 'CC-4711',
  classification: 'confidential' as const,
  groups: [
    { groupId: groupId('claims-fraud-leads'), role: 'lead' as const },
    { groupId: groupId('claims-fraud-scientists'), role: 'scientist' as const },
    { groupId: groupId('claims-fraud-viewers'), role: 'viewer' as const },
  ],
})

/** Plays the worker: writes what a reconcile would have observed. */
export async function observed(pool: pg.Pool, id: string, phase: string, outputs: object = {}): Promise<void> {
  await pool.query(
    `update resource set status = status || jsonb_build_object('phase', $2::text, 'observedGeneration', generation,
      'outputs', (status -> 'outputs') || $3::jsonb) where id = $1`,
    [id, phase, JSON.stringify(outputs)],
  )
}

const digest = 'a'.repeat(64)

/** An account and a project that are Ready, with one of each thing in it, as after a day of work. */
export async function furnish(stack: ApiStack) {
  const [ada, owen, lena, sam] = await Promise.all(['ada', 'owen', 'lena', 'sam'].map((name) => stack.as(name)))
  const account = await ada!.client.call('accounts.create', { body: { name: 'claims', spec: accountSpec } })
  const keyArn = `arn:aws:kms:eu-west-1:300000000003:key/${randomUUID()}`
  await observed(stack.pool, account.id, 'Ready', { domainId: 'd-abcdefghijkl', keyArn })
  const project = await owen!.client.call('projects.create', {
    body: { name: 'fraud', spec: projectSpec(account.id) },
  })
  await observed(stack.pool, project.id, 'Ready')
  const workspace = await sam!.client.call('workspaces.create', { params: { id: project.id }, body: { spec: {} } })
  const data = await sam!.client.call('data-sources.create', {
    params: { id: project.id },
    body: {
      name: 'history',
      spec: { source: 'upload', purpose: 'training', classification: 'confidential' },
    },
  })
  await observed(stack.pool, data.id, 'Ready')
  const version = await insertVersion(stack.pool, account.id, project.id)
  return { ada: ada!, owen: owen!, lena: lena!, sam: sam!, account, project, workspace, data, version }
}

/** Plays the registry sweep: a model version as the worker would have found it. */
export async function insertVersion(pool: pg.Pool, accountId: string, projectId: string, number = 1): Promise<string> {
  const modelId = randomUUID()
  const id = randomUUID()
  const insert = (row: [string, string, string, object, object]) =>
    pool.query(
      `insert into resource (id, kind, name, account_id, project_id, spec, status) values ($1,$2,$3,$6,$7,$4,$5)`,
      [row[0], row[1], row[2], JSON.stringify(row[3]), JSON.stringify(row[4]), accountId, projectId],
    )
  const status = (outputs: object) => ({
    phase: 'Ready',
    observedGeneration: 1,
    conditions: [],
    outputs,
    lastRunId: null,
  })
  const group = 'arn:aws:sagemaker:eu-west-1:300000000003:model-package-group/uais-fraud'
  await insert([
    modelId,
    'Model',
    `fraud-${number}`,
    { modelPackageGroupName: 'uais-fraud', modelPackageGroupArn: group },
    status({ versions: 1, latestVersion: number }),
  ])
  const spec = {
    ...{ modelId, version: number, registeredAt: new Date().toISOString() },
    modelPackageArn: `arn:aws:sagemaker:eu-west-1:300000000003:model-package/uais-fraud/${number}`,
    registeredBy: { sourceIdentity: oid('sam'), principalArn: null, name: 'Sam Science' },
    artifact: {
      ...{ uri: 's3://uais-data-300000000003-eu-west-1/projects/fraud/models/m/model.tar.gz', versionId: null },
      ...{ etag: 'e', sha256: digest, bytes: 1234 },
    },
    image: { uri: 'image', digest: null },
    trainingJob: {
      ...{ name: 'fraud--1', arn: 'arn:aws:sagemaker:eu-west-1:300000000003:training-job/fraud--1' },
      ...{ algorithm: 'xgboost', hyperParameters: {} },
      inputs: ['s3://uais-data-300000000003-eu-west-1/projects/fraud/data/history/claims.csv'],
    },
    metrics: [{ name: 'validation:auc', value: 0.91 }],
  }
  const outputs = { approval: 'PendingManualApproval', reviewId: null, reviewStatus: null }
  await insert([id, 'ModelVersion', `fraud-v${number}`, spec, status(outputs)])
  return id
}

export const answers = {
  purpose: 'Claims handlers see which claims to look at first.',
  autonomy: 'A person decides with it',
  misuse: 'Refusing claims without a person.',
  'data-basis': 'Terms of the claims data owner, section 4.',
  'personal-data': 'Pseudonymised',
  'data-quality': 'Labels before 2020 are doubtful.',
  performance: 'AUC 0.91 on the held-out last year.',
  fairness: 'Works worse for new customers; handled by a floor.',
  failure: 'An honest claim waits longer; the handler notices.',
  monitoring: 'Weekly drift of scores, watched by the fraud team.',
  contact: 'Fraud team',
  reproducible: true,
  truthful: true,
}
