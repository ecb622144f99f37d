import { expect } from 'vitest'
import { uniqueId } from '../kernel/credentials.ts'
import { type Sandbox, startSandbox } from '../sandbox.ts'
import { roles } from './iam/state.ts'

export const accounts = {
  management: '100000000001',
  platform: '200000000002',
  claims: '300000000003',
  trials: '400000000004',
} as const

export type AccountName = keyof typeof accounts

/** What every SDK client is made with. */
export interface ClientConfig {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
  forcePathStyle: true
  maxAttempts: number
}

/** A real sandbox on a free port, with sign-in for the SDK clients of a test. */
export interface TestBench {
  sandbox: Sandbox
  /** Client configuration of a role's session. */
  as(account: AccountName, role: string, sourceIdentity?: string): Promise<ClientConfig>
  /** A role that has just this policy. */
  role(account: AccountName, name: string, statements: object[]): void
  stop(): Promise<void>
}

export async function startTestBench(dataDir?: string): Promise<TestBench> {
  const sandbox = await startSandbox({ port: 0, ...(dataDir ? { dataDir } : {}) })
  return {
    sandbox,
    as: (account, role, sourceIdentity) => signIn(sandbox, account, role, sourceIdentity),
    role: (account, name, statements) => addRole(sandbox, account, name, statements),
    stop: () => sandbox.stop(),
  }
}

/** The refusal of a call: code, status and message as the client saw them. Fails when the call goes through. */
export async function refusal(call: Promise<unknown>): Promise<{ code: string; status: number; message: string }> {
  try {
    await call
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } }
    return { code: name, status: $metadata?.httpStatusCode ?? 0, message }
  }
  return expect.fail('the call should have been refused')
}

async function signIn(sandbox: Sandbox, account: AccountName, role: string, sourceIdentity?: string) {
  const response = await fetch(`${sandbox.url}/_sandbox/credentials`, {
    method: 'POST',
    headers: { 'x-uais-sandbox': '1', 'content-type': 'application/json' },
    body: JSON.stringify({ account, role, sourceIdentity }),
  })
  if (!response.ok) throw new Error(`signing in as ${account}/${role}: ${await response.text()}`)
  const { accessKeyId, secretAccessKey, sessionToken, region } = (await response.json()) as Record<string, string>
  return {
    endpoint: sandbox.url,
    region: region ?? '',
    credentials: {
      accessKeyId: accessKeyId ?? '',
      secretAccessKey: secretAccessKey ?? '',
      sessionToken: sessionToken ?? '',
    },
    forcePathStyle: true as const,
    maxAttempts: 1,
  }
}

/** Written straight to the store: these tests are about other services than IAM. */
function addRole(sandbox: Sandbox, account: AccountName, name: string, statements: object[]): void {
  const { kernel } = sandbox
  const id = accounts[account]
  const call = kernel.background(kernel.service('sts'), { region: 'eu-west-1' })
  roles(call, id).put(name, {
    name,
    path: '/',
    id: uniqueId('AROA'),
    arn: `arn:aws:iam::${id}:role/${name}`,
    account: id,
    trust: '{"Version":"2012-10-17","Statement":[]}',
    maxSessionDuration: 43_200,
    createdAt: new Date().toISOString(),
    tags: {},
    inline: { only: JSON.stringify({ Version: '2012-10-17', Statement: statements }) },
    attached: [],
  })
}
