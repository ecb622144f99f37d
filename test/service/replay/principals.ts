import * as iam from '@aws-sdk/client-iam'
import type { NamedDocument, PolicyDocument, ProofBundle, ProofPrincipal } from '@uais/iam'
import type { ClientConfig } from './sign-in.ts'
import { account, document, everything } from './statements.ts'

const client = (config: ClientConfig) => new iam.IAMClient(config)
const text = (policy: PolicyDocument) => JSON.stringify(policy)
export const nameOf = (arn: string): string => arn.split(/[:/]/).at(-1) ?? ''

/** `/uais/` of `…:role/uais/worker`. */
export function pathOf(arn: string): string {
  const folders = (arn.split(':')[5] ?? '').split('/').slice(1, -1)
  return ['', ...folders, ''].join('/')
}

/** A role of which the case tells no trust: only the account's administrator may start as it. */
const onlyAdmin = document([
  {
    Effect: 'Allow',
    Principal: { AWS: `arn:aws:iam::${account}:role/admin` },
    Action: ['sts:AssumeRole', 'sts:TagSession'],
  },
])

/** The users and roles of a bundle with all that is attached to them; the administrator is there from the start. */
export async function makePrincipals({ principals }: ProofBundle, config: ClientConfig): Promise<void> {
  const own = principals.filter(({ arn }) => nameOf(arn) !== 'admin')
  const managed = own.flatMap(({ identityPolicies, permissionsBoundary }) => [
    ...identityPolicies,
    ...(permissionsBoundary ? [permissionsBoundary] : []),
  ])
  const byArn = new Map(managed.flatMap((one) => (one.arn ? [[one.arn, one] as const] : [])))
  for (const one of byArn.values()) await makeManaged(one, config)
  // A trust may name another role of the bundle, which must be there before.
  const late = own.filter((one) => own.some(({ arn }) => arn !== one.arn && text(trustOf(one)).includes(`"${arn}"`)))
  for (const one of own.filter((each) => !late.includes(each))) await makePrincipal(one, config)
  for (const one of late) await makePrincipal(one, config)
}

const trustOf = ({ trustPolicy }: ProofPrincipal): PolicyDocument => trustPolicy ?? onlyAdmin

/** The older version grants all, as one does that was narrowed later: what SetDefaultPolicyVersion goes back to. */
async function makeManaged({ arn = '', policy }: NamedDocument, config: ClientConfig): Promise<void> {
  const create = { PolicyName: nameOf(arn), Path: pathOf(arn), PolicyDocument: text(document([everything])) }
  await client(config).send(new iam.CreatePolicyCommand(create))
  const version = { PolicyArn: arn, PolicyDocument: text(policy), SetAsDefault: true }
  await client(config).send(new iam.CreatePolicyVersionCommand(version))
}

async function makePrincipal(one: ProofPrincipal, config: ClientConfig): Promise<void> {
  const { arn, tags = {}, identityPolicies, permissionsBoundary } = one
  const isUser = arn.includes(':user/')
  const common = {
    Path: pathOf(arn),
    Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    ...(permissionsBoundary?.arn ? { PermissionsBoundary: permissionsBoundary.arn } : {}),
  }
  const role = { RoleName: nameOf(arn), AssumeRolePolicyDocument: text(trustOf(one)), ...common }
  if (isUser) await client(config).send(new iam.CreateUserCommand({ UserName: nameOf(arn), ...common }))
  else await client(config).send(new iam.CreateRoleCommand(role))
  for (const { name, arn: managed, policy } of identityPolicies) {
    const inline = { PolicyName: name, PolicyDocument: text(policy) }
    if (managed && isUser)
      await client(config).send(new iam.AttachUserPolicyCommand({ UserName: nameOf(arn), PolicyArn: managed }))
    else if (managed)
      await client(config).send(new iam.AttachRolePolicyCommand({ RoleName: nameOf(arn), PolicyArn: managed }))
    else if (isUser) await client(config).send(new iam.PutUserPolicyCommand({ UserName: nameOf(arn), ...inline }))
    else await client(config).send(new iam.PutRolePolicyCommand({ RoleName: nameOf(arn), ...inline }))
  }
}
