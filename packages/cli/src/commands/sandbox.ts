import { PlatformError } from '@uais/contract'
import type { Command } from 'commander'
import type { Cli } from '../cli.ts'
import { UsageError } from '../exit.ts'

interface CredentialOptions {
  account: string
  role: string
  format: string
  sandbox: string
  sourceIdentity?: string
}

interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration: string
  region: string
}

export function sandbox(program: Command, cli: Cli): void {
  const group = program.command('sandbox').description('the embedded AWS organisation and Entra tenant')
  group
    .command('credentials')
    .description('AWS credentials of a role in the sandbox, as a person would get from its sign-in page')
    .requiredOption('--account <name>', 'management, platform, claims or trials')
    .requiredOption('--role <name>', 'admin, break-glass, or a role that exists there')
    .option('--format <format>', 'env or json', 'env')
    .option('--source-identity <id>', 'sts:SourceIdentity of the session')
    .option('--sandbox <url>', 'address of the sandbox', cli.defaultSandbox)
    .action(async (options: CredentialOptions) => {
      if (options.format !== 'env' && options.format !== 'json')
        throw new UsageError(`--format is 'env' or 'json', not '${options.format}'`)
      const credentials = await fetchCredentials(options)
      if (options.format === 'json') return cli.out(JSON.stringify({ ...credentials, endpointUrl: options.sandbox }))
      cli.out(`AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`)
      cli.out(`AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`)
      cli.out(`AWS_SESSION_TOKEN=${credentials.sessionToken}`)
      cli.out(`AWS_REGION=${credentials.region}`)
      cli.out(`AWS_ENDPOINT_URL=${options.sandbox}`)
    })
}

async function fetchCredentials({
  sandbox: url,
  account,
  role,
  sourceIdentity,
}: CredentialOptions): Promise<Credentials> {
  const response = await fetch(new URL('/_sandbox/credentials', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-uais-sandbox': '1' },
    body: JSON.stringify({ account, role, ...(sourceIdentity ? { sourceIdentity } : {}) }),
  })
  const answer = (await response.json().catch(() => ({}))) as Credentials & { message?: string }
  if (!response.ok)
    throw new PlatformError(
      'invalid-request',
      answer.message ?? `asking the sandbox for credentials: it answered ${response.status}`,
    )
  return answer
}
