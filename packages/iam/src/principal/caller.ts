import { RequestError } from '../evaluate/request-error.ts'

export type CallerKind =
  | 'user'
  | 'role'
  | 'role-session'
  | 'root'
  | 'federated-user'
  | 'service'
  | 'federated'
  | 'anonymous'

/** Who makes a request, as policies see them (IAM User Guide, "AWS JSON policy elements: Principal"). */
export interface Caller {
  readonly kind: CallerKind
  /** Empty for services, identity providers and anonymous callers: they belong to no account. */
  readonly account: string
  /** aws:PrincipalArn; of a role session the role's ARN. Service name or provider for those kinds. */
  readonly arn: string
  /** ARN of the session of a role or federated user. */
  readonly session?: string
  /** Roles that AWS services own: SCPs and RCPs do not apply to them. */
  readonly serviceLinked: boolean
}

const known = new Map<string, Caller>()
const knownLimit = 10_000
const iamArn = /^arn:[a-z0-9-]+:iam::(\d{12}):(root|user\/.+|role\/.+|oidc-provider\/.+|saml-provider\/.+)$/
const stsArn = /^arn:([a-z0-9-]+):sts::(\d{12}):(assumed-role|federated-user)\/([^/]+)(?:\/([^/]+))?$/
const hostName = /^[a-z0-9-]+(\.[a-z0-9-]+)+$/

/**
 * Reads a request's principal.
 *
 * @param principal ARN, service principal, identity provider, or `*` for an anonymous caller
 * @param roleArn value of aws:PrincipalArn if the request has it: an assumed-role ARN does not tell the role's path
 * @throws {RequestError} when it is none of these
 */
export function callerOf(principal: string, roleArn: unknown): Caller {
  let caller = known.get(principal)
  if (caller === undefined) {
    caller = parse(principal)
    if (known.size < knownLimit) known.set(principal, caller)
  }
  if (caller.kind !== 'role-session' || typeof roleArn !== 'string' || roleArn === caller.arn) return caller
  return pathed.get(caller)?.get(roleArn) ?? withRole(caller, roleArn)
}

const pathed = new WeakMap<Caller, Map<string, Caller>>()

/** The session with its role's path, if the ARN is of the same role; a session has one role, so there is little to keep. */
function withRole(session: Caller, roleArn: string): Caller {
  if (!isSameRole(session.arn, roleArn)) return session
  const caller: Caller = { ...session, arn: roleArn, serviceLinked: isServiceLinked(roleArn) }
  const ofSession = pathed.get(session) ?? new Map<string, Caller>()
  if (ofSession.size < 100) pathed.set(session, ofSession.set(roleArn, caller))
  return caller
}

function isSameRole(derived: string, given: string): boolean {
  const start = derived.indexOf(':role/') + ':role/'.length
  return given.startsWith(derived.slice(0, start)) && given.endsWith(`/${derived.slice(start)}`)
}

function parse(principal: string): Caller {
  if (principal === '*') return { kind: 'anonymous', account: '', arn: '*', serviceLinked: false }
  const sts = stsArn.exec(principal)
  if (sts) return sessionCaller(principal, sts)
  const iam = iamArn.exec(principal)
  if (iam) return iamCaller(principal, iam[1]!, iam[2]!)
  if (hostName.test(principal)) {
    const isService =
      /\.(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal)$/.test(principal) && principal !== 'www.amazon.com'
    return { kind: isService ? 'service' : 'federated', account: '', arn: principal, serviceLinked: false }
  }
  throw new RequestError(
    'INVALID_PRINCIPAL',
    `reading the request's principal: '${principal}' is no IAM or STS ARN, service principal, identity provider or '*'`,
  )
}

function sessionCaller(principal: string, parts: RegExpExecArray): Caller {
  const [, partition, account, type, name, session] = parts as unknown as [
    string,
    string,
    string,
    string,
    string,
    string?,
  ]
  if (type === 'federated-user' && session === undefined) {
    return { kind: 'federated-user', account, arn: principal, session: principal, serviceLinked: false }
  }
  if (type === 'assumed-role' && session !== undefined) {
    const arn = `arn:${partition}:iam::${account}:role/${name}`
    return { kind: 'role-session', account, arn, session: principal, serviceLinked: false }
  }
  throw new RequestError(
    'INVALID_PRINCIPAL',
    `reading the request's principal: '${principal}' should be assumed-role/ROLE/SESSION or federated-user/NAME`,
  )
}

function iamCaller(principal: string, account: string, resource: string): Caller {
  if (resource === 'root') return { kind: 'root', account, arn: principal, serviceLinked: false }
  if (resource.startsWith('user/')) return { kind: 'user', account, arn: principal, serviceLinked: false }
  if (resource.startsWith('role/')) {
    return { kind: 'role', account, arn: principal, serviceLinked: isServiceLinked(principal) }
  }
  return { kind: 'federated', account: '', arn: principal, serviceLinked: false }
}

/** IAM User Guide, "Create a service-linked role": their path is /aws-service-role/SERVICE/, which no one else can use. */
function isServiceLinked(roleArn: string): boolean {
  return roleArn.includes(':role/aws-service-role/')
}
