import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
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

const run = promisify(execFile)
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

const environment = ({ endpoint, credentials, subjects }: WireSession, as: WireCall['as']) => ({
  PATH: process.env.PATH,
  HOME: tmpdir(),
  AWS_ACCESS_KEY_ID: credentials[as].accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials[as].secretAccessKey,
  AWS_SESSION_TOKEN: credentials[as].sessionToken,
  AWS_DEFAULT_REGION: subjects.region,
  AWS_ENDPOINT_URL: endpoint,
  AWS_MAX_ATTEMPTS: '1',
  AWS_PAGER: '',
})

/** The AWS CLI, where it is installed: one process a call, two at a time. */
export const cli: WireClient | undefined = works('aws', ['--version'])
  ? async (session, calls) => {
      const dir = mkdtempSync(join(tmpdir(), 'uais-cli-'))
      const outcomes: Outcome[] = []
      const queue = [...calls.entries()]
      const lane = async () => {
        for (let next = queue.shift(); next; next = queue.shift())
          outcomes[next[0]] = await runCli(session, next[1], join(dir, String(next[0])))
      }
      await Promise.all([lane(), lane()])
      rmSync(dir, { recursive: true, force: true })
      return outcomes
    }
  : undefined

async function runCli(
  session: WireSession,
  { as, service, operation, input }: WireCall,
  file: string,
): Promise<Outcome> {
  writeFileSync(file, JSON.stringify(input))
  const kebab = operation
    .replace(/V2$/, '-v2')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
  // Debian's version predates AWS_ENDPOINT_URL.
  const args = [
    service === 's3' ? 's3api' : service,
    kebab,
    '--endpoint-url',
    session.endpoint,
    '--no-paginate',
    '--cli-input-json',
    `file://${file}`,
  ]
  // With a file to write to, this CLI wants what is required as arguments of their own.
  if (operation === 'GetObject')
    args.splice(-2, 2, '--bucket', String(input.Bucket), '--key', String(input.Key), `${file}.out`)
  try {
    await run('aws', args, { env: environment(session, as), timeout: 60_000 })
    return { ok: true }
  } catch (error) {
    const text = String((error as { stderr?: string }).stderr ?? error)
    const [, code = 'ClientError', message = text] = /An error occurred \(([^)]+)\)[^:]*: ([\s\S]*)/.exec(text) ?? []
    return { ok: false, code, message: message.trim() }
  }
}

const pythonProgram = `
import json, re, sys, boto3
from botocore.config import Config
from botocore.exceptions import ClientError
session, calls = json.load(sys.stdin)
out = []
for call in calls:
    keys = session['credentials'][call['as']]
    client = boto3.client(call['service'], endpoint_url=session['endpoint'], region_name=session['region'],
        aws_access_key_id=keys['accessKeyId'], aws_secret_access_key=keys['secretAccessKey'], aws_session_token=keys['sessionToken'],
        config=Config(retries={'total_max_attempts': 1}))
    method = re.sub(r'(?<=[a-z])(?=[A-Z])', '_', re.sub(r'V2$', '_v2', call['operation'])).lower()
    try:
        getattr(client, method)(**call['input'])
        out.append({'ok': True})
    except ClientError as error:
        out.append({'ok': False, 'code': error.response['Error']['Code'], 'message': error.response['Error']['Message']})
json.dump(out, sys.stdout)
`

const python = ['python3', '/usr/bin/python3'].find((each) => works(each, ['-c', 'import boto3']))

/** boto3, where a Python has it. */
export const boto3: WireClient | undefined = python
  ? async (session, calls) => {
      const child = run(python, ['-W', 'ignore', '-c', pythonProgram], { timeout: 300_000, maxBuffer: 64 * 1024 ** 2 })
      child.child.stdin?.end(
        JSON.stringify([
          { endpoint: session.endpoint, region: session.subjects.region, credentials: session.credentials },
          calls,
        ]),
      )
      return JSON.parse((await child).stdout) as Outcome[]
    }
  : undefined

function works(command: string, args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore', timeout: 30_000 })
    return true
  } catch {
    return false
  }
}
