import type { Credential } from '../kernel/credentials.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { roles } from '../services/iam/state.ts'
import { accounts } from '../services/organizations/state.ts'
import { issueSession } from '../services/sts/session.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'
import { bodyOf, json, problem } from './answer.ts'

const sessionSeconds = 12 * 3600
const defaultRegion = 'eu-west-1'

interface Wanted {
  account: string
  role: string
  sourceIdentity?: string | undefined
  userProfile?: string | undefined
}

/**
 * Sign-in of the sandbox: credentials of any role of any account, for whoever runs it. It stands for the identity
 * center (admin, break-glass) and the container agent (platform roles), so trust policies have no say here.
 */
export function postCredentials(kernel: Kernel, request: HttpRequest): HttpAnswer {
  const body = bodyOf(request)
  const { account, role, sourceIdentity, userProfile } = body ?? {}
  if (typeof account !== 'string' || typeof role !== 'string') {
    return problem(400, 'asking for credentials: send {"account": NAME or ID, "role": NAME}')
  }
  for (const [name, value] of Object.entries({ sourceIdentity, userProfile })) {
    if (value !== undefined && (typeof value !== 'string' || !/^[\w+=,.@-]{2,64}$/.test(value))) {
      return problem(400, `asking for credentials: ${name} must be 2 to 64 of the characters A-Z a-z 0-9 _+=,.@-`)
    }
  }
  const wanted = { account, role, sourceIdentity, userProfile } as Wanted
  const credential = issue(kernel, wanted)
  if (typeof credential === 'string') return problem(404, credential)
  return json(200, {
    accessKeyId: credential.accessKeyId,
    secretAccessKey: credential.secretAccessKey,
    sessionToken: credential.sessionToken,
    expiration: credential.expiresAt,
    region: defaultRegion,
  })
}

/** Amazon ECS container credentials (SDKs Reference Guide, "Container credential provider"). */
export function getContainerCredentials(kernel: Kernel, account: string, role: string): HttpAnswer {
  const credential = issue(kernel, { account, role })
  if (typeof credential === 'string') return problem(404, credential)
  return json(200, {
    AccessKeyId: credential.accessKeyId,
    SecretAccessKey: credential.secretAccessKey,
    Token: credential.sessionToken,
    Expiration: credential.expiresAt,
  })
}

/** A credential, or the reason why there is none. */
function issue(kernel: Kernel, wanted: Wanted): Credential | string {
  const sts = kernel.service('sts')
  const call = kernel.background(sts, { region: defaultRegion })
  const known = [...accounts(call).values()]
  const member = known.find(({ id, name }) => id === wanted.account || name === wanted.account)
  // An account that left the organization has no name here any more; its roles are still its own.
  const account = member?.id ?? (roles(call, wanted.account).size > 0 ? wanted.account : undefined)
  if (account === undefined) {
    const names = known.map(({ name }) => name).join(', ')
    return `asking for credentials: there is no account '${wanted.account}'; there are ${names}`
  }
  const role = roles(call, account).get(wanted.role)
  if (!role) {
    const names = [...roles(call, account).values()].map(({ name }) => name).join(', ')
    return `asking for credentials: account '${wanted.account}' has no role '${wanted.role}'; it has ${names}`
  }
  return issueSession(call, {
    role,
    sessionName: wanted.userProfile ?? wanted.sourceIdentity ?? wanted.role,
    seconds: sessionSeconds,
    sourceIdentity: wanted.sourceIdentity,
  })
}
