import { CreateAccessKeyCommand, IAMClient } from '@aws-sdk/client-iam'
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts'
import { credentialsOf } from '@uais/devstack'
import type { ProofRequest } from '@uais/iam'
import type { Sandbox } from '@uais/sandbox'

/** What every SDK client is made with. */
export interface ClientConfig {
  endpoint: string
  region: string
  credentials: Keys
  forcePathStyle: true
  maxAttempts: number
}

export interface Keys {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

/** A role of the sandbox, as the identity center would give it. */
export async function signIn({ url: endpoint }: Sandbox, owner: string, role: string): Promise<ClientConfig> {
  const { region, accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(endpoint, owner, role)
  const credentials = { accessKeyId, secretAccessKey, sessionToken }
  return { endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1 }
}

/** The keys in an answer of STS or of CreateAccessKey; undefined where it holds none. */
export function keysIn(answer: unknown): Keys | undefined {
  const { Credentials, AccessKey } = answer as Partial<Record<'Credentials' | 'AccessKey', Record<string, string>>>
  const given = Credentials ?? AccessKey
  if (!given) return undefined
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = given
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    ...(SessionToken ? { sessionToken: SessionToken } : {}),
  }
}

const tagPrefix = 'aws:PrincipalTag/'

/** Keys of the principal of a request, with the session tags that its context names. `admin` runs the account. */
export async function signInAs(sandbox: Sandbox, admin: ClientConfig, request: ProofRequest): Promise<ClientConfig> {
  const { principal, context } = request
  const [kind, ...path] = (principal.split(':')[5] ?? '').split('/')
  const tags = Object.entries(context).filter(([key]) => key.startsWith(tagPrefix))
  if (kind === 'role' && tags.length === 0) return signIn(sandbox, 'claims', path.join('/'))
  const answer =
    kind === 'user'
      ? await new IAMClient(admin).send(new CreateAccessKeyCommand({ UserName: path.at(-1) }))
      : await new STSClient(admin).send(
          new AssumeRoleCommand({
            RoleArn: principal,
            RoleSessionName: 'replay',
            Tags: tags.map(([key, value]) => ({ Key: key.slice(tagPrefix.length), Value: String(value) })),
          }),
        )
  const credentials = keysIn(answer)
  if (!credentials) throw new Error(`signing in as ${principal}: the answer holds no keys`)
  return { ...admin, credentials }
}
