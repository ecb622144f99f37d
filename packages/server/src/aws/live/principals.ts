import {
  type AttachedPolicy,
  type GroupDetail,
  IAMClient,
  type ManagedPolicyDetail,
  type PolicyDetail,
  paginateGetAccountAuthorizationDetails,
  type RoleDetail,
  type Tag,
  type UserDetail,
} from '@aws-sdk/client-iam'
import type { NamedDocument, PolicyDocument, ProofPrincipal } from '@uais/iam'
import type { AwsSession } from '../session.ts'

/** Everybody of an account, each with every policy as it is. */
export interface LivePrincipals {
  principals: ProofPrincipal[]
  /** Managed policies that are in use or the account's own, by ARN. */
  policies: ReadonlyMap<string, PolicyDocument>
  roles: number
  users: number
}

/** Longest that an account may take to read: some thousand principals in pages of a thousand. */
const mostPages = 200

interface Read {
  roles: RoleDetail[]
  users: UserDetail[]
  groups: Map<string, GroupDetail>
  managed: Map<string, ManagedPolicyDetail>
}

/**
 * Reads every role and user with their policies, boundaries and trust (IAM API Reference,
 * "GetAccountAuthorizationDetails"). Needs that one permission, on everything.
 */
export async function readPrincipals(session: AwsSession): Promise<LivePrincipals> {
  const read: Read = { roles: [], users: [], groups: new Map(), managed: new Map() }
  let pages = 0
  const all = paginateGetAccountAuthorizationDetails({ client: session.client(IAMClient), pageSize: 1000 }, {})
  for await (const page of all) {
    if (++pages > mostPages) throw new Error(`reading the principals of ${session.accountId}: there is no end of them`)
    read.roles.push(...(page.RoleDetailList ?? []))
    read.users.push(...(page.UserDetailList ?? []))
    for (const group of page.GroupDetailList ?? []) read.groups.set(group.GroupName ?? '', group)
    for (const policy of page.Policies ?? []) read.managed.set(policy.Arn ?? '', policy)
  }
  return {
    principals: [...read.roles.map((role) => fromRole(role, read)), ...read.users.map((user) => fromUser(user, read))],
    policies: new Map([...read.managed.values()].flatMap(inForce)),
    roles: read.roles.length,
    users: read.users.length,
  }
}

function fromRole(role: RoleDetail, read: Read): ProofPrincipal {
  return {
    arn: role.Arn ?? '',
    tags: tagsOf(role.Tags),
    identityPolicies: policiesOf(role.RolePolicyList, role.AttachedManagedPolicies, read),
    permissionsBoundary: boundaryOf(role.PermissionsBoundary?.PermissionsBoundaryArn, read),
    trustPolicy: role.AssumeRolePolicyDocument ? decoded(role.AssumeRolePolicyDocument) : null,
  }
}

/** A user holds the policies of their groups as well. */
function fromUser(user: UserDetail, read: Read): ProofPrincipal {
  const groups = (user.GroupList ?? []).flatMap((name) => read.groups.get(name) ?? [])
  return {
    arn: user.Arn ?? '',
    tags: tagsOf(user.Tags),
    identityPolicies: [
      ...policiesOf(user.UserPolicyList, user.AttachedManagedPolicies, read),
      ...groups.flatMap((group) => policiesOf(group.GroupPolicyList, group.AttachedManagedPolicies, read)),
    ],
    permissionsBoundary: boundaryOf(user.PermissionsBoundary?.PermissionsBoundaryArn, read),
  }
}

function policiesOf(
  inline: PolicyDetail[] | undefined,
  attached: AttachedPolicy[] | undefined,
  read: Read,
): NamedDocument[] {
  return [
    ...(inline ?? []).map(({ PolicyName, PolicyDocument }) => ({
      name: PolicyName ?? '',
      policy: decoded(PolicyDocument ?? ''),
    })),
    ...(attached ?? []).map(({ PolicyArn }) => managed(PolicyArn ?? '', read)),
  ]
}

const boundaryOf = (arn: string | undefined, read: Read): NamedDocument | null => (arn ? managed(arn, read) : null)

/** The version in force. @throws when IAM did not give it: a proof without it would be of something else */
function managed(arn: string, read: Read): NamedDocument {
  const policy = read.managed.get(arn)
  const document = policy && inForce(policy)[0]?.[1]
  if (!policy || !document) throw new Error(`reading the policies in use: IAM did not answer with ${arn}`)
  return { name: policy.PolicyName ?? arn, arn, policy: document }
}

/** Its ARN with the document of its default version, where IAM gave one. */
function inForce(policy: ManagedPolicyDetail): [arn: string, document: PolicyDocument][] {
  const text = policy.PolicyVersionList?.find((version) => version.IsDefaultVersion)?.Document
  return text ? [[policy.Arn ?? '', decoded(text)]] : []
}

/** IAM gives documents URL-encoded (IAM API Reference, "PolicyDetail": RFC 3986). */
const decoded = (text: string) => JSON.parse(decodeURIComponent(text)) as PolicyDocument

const tagsOf = (tags: Tag[] | undefined): Record<string, string> =>
  Object.fromEntries((tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? '']))
