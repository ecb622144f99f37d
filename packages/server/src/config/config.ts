import { awsAccountId, awsRegion, bucketName, uuid } from '@uais/contract'
import { z } from 'zod'
import type { TerraformSettings } from '../terraform/settings.ts'
import { type Env, readEnv } from './env.ts'
import { type Secrets, secretsOf, secretsShape } from './secrets.ts'
import { terraformOf, terraformShape } from './terraform.ts'

export interface Config {
  host: string
  /** 0 picks a free port. */
  port: number
  /** Where browsers reach the portal; the scheme decides how cookies are named and marked. */
  origin: string
  logLevel: 'silent' | 'error' | 'warn' | 'info' | 'debug'
  dataDir: string
  /** The built portal; without one the API answers alone. */
  portalDir: string | undefined
  /** Shown beside the bootstrap, for what is particular to this installation. */
  bootstrapNote: string | null
  requestsPerMinute: number
  sessionHours: number
  entra: {
    issuer: string
    tenantId: string
    clientId: string
    cliClientId: string
    apiAudience: string
    graphUrl: string
  }
  /** Entra groups, by object id, whose members hold the platform roles. */
  roleGroups: { admin: string; reviewer: string; auditor: string }
  platform: {
    accountId: string
    region: string
    partition: string
    /** Set for the sandbox and for VPC endpoints; the SDKs' own variable, so that one setting serves all clients. */
    endpointUrl: string | undefined
    stateBucket: string
    stateKey: string
    /** Container credentials of this process (ECS format); without one the SDK's default chain decides. */
    credentialsUrl: string | undefined
  }
  terraform: TerraformSettings
  workerConcurrency: number
  secrets: Secrets
}

const url = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .transform((text) => text.replace(/\/$/, ''))
const count = (min: number, max: number, otherwise: number) =>
  z.coerce.number({ error: 'must be a number' }).int().min(min).max(max).default(otherwise)
const issuer = url.refine((text) => tenantOf(text) !== undefined, {
  error: 'must hold the tenant id: https://login.microsoftonline.com/<tenant id>/v2.0',
})

const shape = z.object({
  ...secretsShape,
  ...terraformShape,
  UAIS_HOST: z.string().default('127.0.0.1'),
  UAIS_PORT: count(0, 65_535, 8080),
  UAIS_ORIGIN: url.optional(),
  UAIS_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  UAIS_DATA_DIR: z.string().default('.uais'),
  UAIS_PORTAL_DIR: z.string().optional(),
  UAIS_BOOTSTRAP_NOTE: z.string().max(500).optional(),
  UAIS_REQUESTS_PER_MINUTE: count(10, 1_000_000, 1200),
  UAIS_SESSION_HOURS: z.coerce.number({ error: 'must be a number' }).positive().max(24).default(8),
  UAIS_ENTRA_ISSUER: issuer,
  UAIS_ENTRA_CLIENT_ID: z.string().min(1),
  UAIS_ENTRA_CLI_CLIENT_ID: z.string().default('uais-cli'),
  UAIS_ENTRA_API_AUDIENCE: z.string().default('api://uais'),
  UAIS_GRAPH_URL: url.default('https://graph.microsoft.com/v1.0'),
  UAIS_ADMIN_GROUP: uuid,
  UAIS_REVIEWER_GROUP: uuid,
  UAIS_AUDITOR_GROUP: uuid,
  UAIS_PLATFORM_ACCOUNT_ID: awsAccountId,
  UAIS_PLATFORM_REGION: awsRegion,
  UAIS_PLATFORM_PARTITION: z.enum(['aws', 'aws-cn', 'aws-us-gov']).default('aws'),
  AWS_ENDPOINT_URL: url.optional(),
  UAIS_STATE_BUCKET: bucketName,
  UAIS_STATE_KEY: z.string().default('alias/uais-state'),
  UAIS_AWS_CREDENTIALS_URL: url.optional(),
  UAIS_WORKER_CONCURRENCY: count(1, 64, 4),
})

/** Entra's v2.0 issuer names the tenant in its path (Microsoft, "OpenID Connect on the Microsoft identity platform"). */
function tenantOf(issuerUrl: string): string | undefined {
  return /\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/v2\.0$/i.exec(issuerUrl)?.[1]?.toLowerCase()
}

/** Configuration from environment variables. @throws Error that lists every fault at once. */
export function loadConfig(env: Env = readEnv()): Config {
  const checked = shape.safeParse(env)
  if (!checked.success) {
    const faults = checked.error.issues.map((issue) => `  ${issue.path.join('.')}: ${faultOf(issue, env)}`)
    throw new Error(`The configuration is not usable:\n${faults.join('\n')}`)
  }
  const value = checked.data
  return {
    host: value.UAIS_HOST,
    port: value.UAIS_PORT,
    origin: value.UAIS_ORIGIN ?? `http://127.0.0.1:${value.UAIS_PORT}`,
    logLevel: value.UAIS_LOG_LEVEL,
    dataDir: value.UAIS_DATA_DIR,
    portalDir: value.UAIS_PORTAL_DIR,
    bootstrapNote: value.UAIS_BOOTSTRAP_NOTE ?? null,
    requestsPerMinute: value.UAIS_REQUESTS_PER_MINUTE,
    sessionHours: value.UAIS_SESSION_HOURS,
    entra: {
      issuer: value.UAIS_ENTRA_ISSUER,
      tenantId: tenantOf(value.UAIS_ENTRA_ISSUER) ?? '',
      clientId: value.UAIS_ENTRA_CLIENT_ID,
      cliClientId: value.UAIS_ENTRA_CLI_CLIENT_ID,
      apiAudience: value.UAIS_ENTRA_API_AUDIENCE,
      graphUrl: value.UAIS_GRAPH_URL,
    },
    roleGroups: {
      admin: value.UAIS_ADMIN_GROUP,
      reviewer: value.UAIS_REVIEWER_GROUP,
      auditor: value.UAIS_AUDITOR_GROUP,
    },
    platform: {
      accountId: value.UAIS_PLATFORM_ACCOUNT_ID,
      region: value.UAIS_PLATFORM_REGION,
      partition: value.UAIS_PLATFORM_PARTITION,
      endpointUrl: value.AWS_ENDPOINT_URL,
      stateBucket: value.UAIS_STATE_BUCKET,
      stateKey: value.UAIS_STATE_KEY,
      credentialsUrl: value.UAIS_AWS_CREDENTIALS_URL,
    },
    terraform: terraformOf(value, value.UAIS_DATA_DIR),
    workerConcurrency: value.UAIS_WORKER_CONCURRENCY,
    secrets: secretsOf(value),
  }
}

function faultOf(issue: z.core.$ZodIssue, env: Env): string {
  const absent = env[issue.path[0] as keyof Env] === undefined
  return absent && issue.message.startsWith('Invalid input') ? 'is missing' : issue.message
}
