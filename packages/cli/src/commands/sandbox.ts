import { PlatformError } from '@uais/contract'
import { type Command, Option } from 'commander'
import { z } from 'zod'
import type { Cli } from '../cli.ts'
import { originOf } from '../command.ts'
import { reach } from '../reach.ts'

interface CredentialOptions {
  account: string
  role: string
  format: 'env' | 'json'
  sandbox: string
  sourceIdentity?: string
}

const credentialsShape = z.object({
  accessKeyId: z.string(),
  secretAccessKey: z.string(),
  sessionToken: z.string(),
  expiration: z.string(),
  region: z.string(),
})
const refusalShape = z.object({ error: z.string() })

export function sandbox(program: Command, cli: Cli): void {
  const group = program.command('sandbox').description('the embedded AWS organisation and Entra tenant')
  group
    .command('credentials')
    .description('AWS credentials of a role in the sandbox, as a person would get from its sign-in page')
    .requiredOption('--account <name>', 'management, platform, claims or trials')
    .requiredOption('--role <name>', 'admin, break-glass, or a role that exists there')
    .addOption(new Option('--format <format>', 'lines for a shell, or JSON').choices(['env', 'json']).default('env'))
    .option('--source-identity <id>', 'sts:SourceIdentity of the session')
    .option('--sandbox <url>', 'address of the sandbox', cli.defaultSandbox)
    .action(async (options: CredentialOptions, command: Command) => {
      const endpointUrl = originOf('--sandbox', options.sandbox)
      const credentials = await fetchCredentials(endpointUrl, options)
      if (options.format === 'json' || command.optsWithGlobals<{ json?: boolean }>().json)
        return cli.out(JSON.stringify({ ...credentials, endpointUrl }))
      cli.out(`AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`)
      cli.out(`AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`)
      cli.out(`AWS_SESSION_TOKEN=${credentials.sessionToken}`)
      cli.out(`AWS_REGION=${credentials.region}`)
      cli.out(`AWS_ENDPOINT_URL=${endpointUrl}`)
    })
}

async function fetchCredentials(endpointUrl: string, { account, role, sourceIdentity }: CredentialOptions) {
  const response = await reach('the sandbox', `${endpointUrl}/_sandbox/credentials`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-uais-sandbox': '1' },
    body: JSON.stringify({ account, role, ...(sourceIdentity ? { sourceIdentity } : {}) }),
  })
  const answer: unknown = await response.json().catch(() => undefined)
  const credentials = credentialsShape.safeParse(answer)
  if (credentials.success) return credentials.data
  const why = refusalShape.safeParse(answer).data?.error
  throw new PlatformError('invalid-request', why ?? `asking for credentials: ${endpointUrl} is not the sandbox`)
}
