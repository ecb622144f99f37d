import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromHttp, fromNodeProviderChain } from '@aws-sdk/credential-providers'
import { PlatformError } from '@uais/contract'
import { explainAwsError } from './aws-error.ts'

export interface AwsSettings {
  /** Region of the platform account: STS and the state bucket. */
  region: string
  partition: string
  platformAccountId: string
  /** Set for the sandbox and for VPC endpoints; unset = AWS's own endpoints. */
  endpointUrl?: string | undefined
  /** ECS container-credentials URL of this process's role; unset = the SDK's default chain. */
  credentialsUrl?: string | undefined
}

export interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken: string
  expiration?: Date
}

/** The four roles of the bootstrap, path `/uais/`, and the one in the management account. */
export type PlatformRole = 'uais-provision' | 'uais-mint' | 'uais-audit' | 'uais-teardown' | 'uais-organization'

/** One entry into an account: which role, for which run or person, narrowed how far. */
type Entry = {
  awsAccountId: string
  region: string
  externalId: string
  /** Run id or Entra object id; CloudTrail in the account carries it (`sts:SourceIdentity`, 2-64 characters). */
  sourceIdentity: string
  /** 900..3600: role chaining ends at one hour (IAM User Guide, "Role chaining"). Default 3600. */
  ttlSeconds?: number
} & (Looking | Acting)

/** `uais-audit` changes nothing, so its session may be the whole role. */
interface Looking {
  role: 'uais-audit'
  sessionPolicy?: string
}

/** Every other role acts: each session of it is narrowed to what it was made for. */
interface Acting {
  role: Exclude<PlatformRole, 'uais-audit'>
  /** Policy document; with the role's own policies it can only narrow. At most 2,048 characters. */
  sessionPolicy: string
}

type ClientType<C> = new (config: {
  region: string
  credentials: Credentials
  endpoint?: string
  forcePathStyle?: boolean
  maxAttempts: number
}) => C

/** Credentials in one account, and SDK clients that use them. */
export interface AwsSession {
  readonly accountId: string
  readonly region: string
  readonly partition: string
  readonly credentials: Credentials
  /** One client per class and session; made on first use. */
  client<C>(type: ClientType<C>): C
}

export interface AwsDoor {
  readonly settings: AwsSettings
  /** Current credentials of this process's own role, refreshed when they near their end. */
  platformCredentials(): Promise<Credentials>
  platform(): Promise<AwsSession>
  /** Assumes a role in an account and proves that it leads there. @throws PlatformError account-unreachable */
  enter(entry: Entry): Promise<AwsSession>
}

export const roleArnOf = (partition: string, awsAccountId: string, role: PlatformRole) =>
  `arn:${partition}:iam::${awsAccountId}:role/uais/${role}`

/** The only place where credentials come from. */
export function createAwsDoor(settings: AwsSettings): AwsDoor {
  const provider = settings.credentialsUrl
    ? fromHttp({ awsContainerCredentialsFullUri: settings.credentialsUrl })
    : fromNodeProviderChain()
  let held: Credentials | undefined
  const platformCredentials = async () => {
    const nearEnd = held?.expiration && held.expiration.getTime() - Date.now() < 10 * 60_000
    if (held && !nearEnd) return held
    const fresh = await provider().catch((cause: unknown) => {
      throw new PlatformError(
        'account-unreachable',
        `reading the platform's own AWS credentials: ${explainAwsError(cause)}`,
        { cause },
      )
    })
    held = { ...fresh, sessionToken: fresh.sessionToken ?? '' }
    return held
  }
  const sessionOf = (credentials: Credentials, accountId: string, region: string) =>
    createSession(settings, credentials, accountId, region)
  const platform = async () => sessionOf(await platformCredentials(), settings.platformAccountId, settings.region)
  return {
    settings,
    platformCredentials,
    platform,
    async enter(entry) {
      const credentials = await assume(await platform(), settings.partition, entry)
      const session = sessionOf(credentials, entry.awsAccountId, entry.region)
      await assertAccount(session)
      return session
    },
  }
}

function createSession(settings: AwsSettings, credentials: Credentials, accountId: string, region: string): AwsSession {
  const clients = new Map<unknown, unknown>()
  return {
    accountId,
    region,
    partition: settings.partition,
    credentials,
    client<C>(type: ClientType<C>): C {
      const known = clients.get(type) as C | undefined
      if (known) return known
      const made = new type({
        region,
        credentials,
        maxAttempts: 4,
        ...(settings.endpointUrl ? { endpoint: settings.endpointUrl, forcePathStyle: true } : {}),
      })
      clients.set(type, made)
      return made
    },
  }
}

async function assume(platform: AwsSession, partition: string, entry: Entry): Promise<Credentials> {
  const arn = roleArnOf(partition, entry.awsAccountId, entry.role)
  const answer = await platform
    .client(STSClient)
    .send(
      new AssumeRoleCommand({
        RoleArn: arn,
        RoleSessionName: sessionName(entry),
        ExternalId: entry.externalId,
        SourceIdentity: entry.sourceIdentity,
        DurationSeconds: entry.ttlSeconds ?? 3600,
        ...(entry.sessionPolicy ? { Policy: entry.sessionPolicy } : {}),
      }),
    )
    .catch((cause: unknown) => {
      throw new PlatformError(
        'account-unreachable',
        `entering account ${entry.awsAccountId} as ${arn}: ${explainAwsError(cause)}`,
        { cause },
      )
    })
  const given = answer.Credentials
  if (!given?.AccessKeyId || !given.SecretAccessKey || !given.SessionToken)
    throw new PlatformError(
      'account-unreachable',
      `entering account ${entry.awsAccountId} as ${arn}: STS answered without credentials`,
    )
  return {
    accessKeyId: given.AccessKeyId,
    secretAccessKey: given.SecretAccessKey,
    sessionToken: given.SessionToken,
    ...(given.Expiration ? { expiration: given.Expiration } : {}),
  }
}

/** `RoleSessionName` allows 2-64 of `[\w+=,.@-]` (STS API Reference, "AssumeRole"). */
const sessionName = (entry: Entry) => `${entry.role}-${entry.sourceIdentity}`.slice(0, 64)

/**
 * Fails unless the credentials belong to the account they are meant for, so that no run can ever act in a
 * neighbour's account. Called on entry and again before each step of a run.
 */
export async function assertAccount(session: AwsSession): Promise<void> {
  const identity = await session
    .client(STSClient)
    .send(new GetCallerIdentityCommand({}))
    .catch((cause: unknown) => {
      throw new PlatformError(
        'account-unreachable',
        `asking which account the session is in: ${explainAwsError(cause)}`,
        { cause },
      )
    })
  if (identity.Account !== session.accountId)
    throw new PlatformError(
      'account-unreachable',
      `the session for account ${session.accountId} belongs to account ${identity.Account}; nothing was done`,
    )
}
