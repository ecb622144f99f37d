import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service'
import { ListPoliciesForTargetCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { credentialsOf } from '@uais/devstack'
import { startSandbox } from '@uais/sandbox'
import { packModel } from '../../packages/sandbox/src/ml/artifact.ts'
import { terraformSettings } from '../../packages/server/src/config/terraform.ts'
import { childEnvironment } from '../../packages/server/src/terraform/environment.ts'
import { cliConfig, findProviderMirror } from '../../packages/server/src/terraform/provider-mirror.ts'
import { trustInstalled } from '../../packages/server/src/terraform/steps/init.ts'

export type Outputs = Record<string, { value: unknown }>

/** A fresh sandbox and the real Terraform, which knows the sandbox by its environment only. */
export interface TerraformBench {
  /** A copy of `terraform/`, so that state and providers do not land in the repository. */
  folder: string
  /** Runs terraform in a folder as a role of an account. @returns the exit status and what was printed */
  terraform(folder: string, who: Who, ...args: string[]): Promise<{ code: number; text: string }>
  /** Puts a small real model where a training job would leave it, as the owner's break-glass role. */
  putArtifact(uri: string): Promise<void>
  /** Starts the recorder of AWS Config that an owner has who asks for Config rules. */
  startRecorder(): Promise<void>
  /** Puts the token of the owner's Splunk where the owner says it is. */
  putSecret(name: string, value: string): Promise<void>
  /** Says what was spent of a budget of the management account this month. */
  spend(budget: string, amount: number): Promise<void>
  /** Names of the service control policies that stand at the owner's account. */
  attachedPolicies(): Promise<string[]>
  stop(): Promise<void>
}

interface Who {
  account: 'claims' | 'management' | 'platform'
  role: string
}

export async function startTerraformBench(): Promise<TerraformBench> {
  const home = mkdtempSync(join(tmpdir(), 'uais-terraform-'))
  const folder = join(home, 'terraform')
  cpSync(fileURLToPath(new URL('../../terraform', import.meta.url)), folder, { recursive: true })
  const sandbox = await startSandbox({ port: 0 })
  const rc = join(home, 'cli.tfrc')
  const settings = terraformSettings(home)
  writeFileSync(rc, cliConfig(findProviderMirror(settings)))
  return {
    folder,
    async terraform(directory, who, ...args) {
      mkdirSync(directory, { recursive: true })
      const credentials = await credentialsOf(sandbox.url, who.account, who.role)
      const aws = { credentials, region: credentials.region, endpointUrl: sandbox.url }
      const env = childEnvironment(settings, home, rc, aws)
      const result = await run(settings.binary ?? 'terraform', args, directory, env)
      if (args[0] === 'init') trustInstalled(directory)
      return result
    },
    async putArtifact(uri) {
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? []
      const client = new S3Client({ ...(await asOwner(sandbox.url)), forcePathStyle: true })
      const model = {
        ...{ algorithm: 'linear-learner' as const, predictorType: 'regressor' as const },
        ...{ featureCount: 2, weights: [[2, 3]], bias: [1] },
      }
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: await packModel(model) }))
    },
    async startRecorder() {
      const client = new ConfigServiceClient(await asOwner(sandbox.url))
      const roleARN = 'arn:aws:iam::300000000003:role/admin'
      await client.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: 'default', roleARN } }))
      await client.send(
        new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'default', s3BucketName: 'records' } }),
      )
      await client.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }))
    },
    async putSecret(Name, SecretString) {
      const client = new SecretsManagerClient(await asOwner(sandbox.url))
      await client.send(new CreateSecretCommand({ Name, SecretString }))
    },
    async spend(budget, amount) {
      const answer = await fetch(`${sandbox.url}/_sandbox/spend`, {
        method: 'PUT',
        headers: { 'x-uais-sandbox': '1' },
        body: JSON.stringify({ account: '100000000001', budget, amount }),
      })
      if (!answer.ok) throw new Error(`saying what was spent: ${await answer.text()}`)
    },
    async attachedPolicies() {
      const client = new OrganizationsClient(await asRole(sandbox.url, 'management', 'admin'))
      const target = { TargetId: '300000000003', Filter: 'SERVICE_CONTROL_POLICY' as const }
      const { Policies = [] } = await client.send(new ListPoliciesForTargetCommand(target))
      return Policies.map(({ Name = '' }) => Name)
    },
    async stop() {
      await sandbox.stop()
      rmSync(home, { recursive: true, force: true })
    },
  }
}

/** Settings of an SDK client for the owner's break-glass role. */
const asOwner = (endpoint: string) => asRole(endpoint, 'claims', 'break-glass')

async function asRole(endpoint: string, account: Who['account'], role: string) {
  const credentials = await credentialsOf(endpoint, account, role)
  return { endpoint, region: credentials.region, credentials }
}

function run(binary: string, args: string[], cwd: string, env: Record<string, string>) {
  return new Promise<{ code: number; text: string }>((resolve, reject) => {
    const child = spawn(binary, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
    let text = ''
    child.stdout.on('data', (chunk) => (text += chunk))
    child.stderr.on('data', (chunk) => (text += chunk))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? -1, text }))
  })
}
