import { execFileSync } from 'node:child_process'
import * as cloudtrail from '@aws-sdk/client-cloudtrail'
import * as logs from '@aws-sdk/client-cloudwatch-logs'
import * as ec2 from '@aws-sdk/client-ec2'
import * as events from '@aws-sdk/client-eventbridge'
import * as iam from '@aws-sdk/client-iam'
import * as kms from '@aws-sdk/client-kms'
import * as organizations from '@aws-sdk/client-organizations'
import * as s3 from '@aws-sdk/client-s3'
import * as sagemaker from '@aws-sdk/client-sagemaker'
import * as secretsmanager from '@aws-sdk/client-secrets-manager'
import * as sts from '@aws-sdk/client-sts'
import type { WireCall } from './wire-calls.ts'
import type { WireSession } from './wire-session.ts'

/** What came of a call: nothing to say when it worked, AWS's code and message when it did not. */
export type Outcome = { ok: true } | { ok: false; code: string; message: string }
/** Sends all calls and answers in their order; undefined where this machine lacks the client. */
export type WireClient = (session: WireSession, calls: readonly WireCall[]) => Promise<Outcome[]>

const modules: Record<WireCall['service'], object> = {
  cloudtrail,
  logs,
  ec2,
  events,
  iam,
  kms,
  organizations,
  s3,
  sagemaker,
  secretsmanager,
  sts,
}
const clientNames: Record<WireCall['service'], string> = {
  ...{
    cloudtrail: 'CloudTrailClient',
    logs: 'CloudWatchLogsClient',
    ec2: 'EC2Client',
    events: 'EventBridgeClient',
    iam: 'IAMClient',
  },
  ...{
    kms: 'KMSClient',
    organizations: 'OrganizationsClient',
    s3: 'S3Client',
    sagemaker: 'SageMakerClient',
    secretsmanager: 'SecretsManagerClient',
    sts: 'STSClient',
  },
}

// biome-ignore lint/suspicious/noExplicitAny: clients and commands are looked up by name
type Constructor = new (input: object) => any

/** The AWS SDK for JavaScript v3. */
export const sdk: WireClient = async ({ endpoint, credentials, subjects }, calls) => {
  const outcomes: Outcome[] = []
  for (const { as, service, operation, input } of calls) {
    const module = modules[service] as Record<string, Constructor>
    const Client = module[clientNames[service]] as Constructor
    const Command = module[`${operation}Command`] as Constructor
    const client = new Client({ endpoint, region: subjects.region, credentials: credentials[as], maxAttempts: 1 })
    try {
      const { Body } = await client.send(new Command(input))
      // A body that nobody reads would be cut off with the connection.
      await Body?.transformToByteArray()
      outcomes.push({ ok: true })
    } catch (error) {
      const { name, message } = error as Error
      outcomes.push({ ok: false, code: name, message })
    } finally {
      client.destroy()
    }
  }
  return outcomes
}

/** Whether this machine has a command that does as it is told. */
export function works(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 30_000 })
    return true
  } catch {
    return false
  }
}
