import type { ContextValue } from '@uais/iam'
import type { AccessCheck, CallOrigin } from '../kernel/operation.ts'
import type { Principal } from '../kernel/principal.ts'
import type { AccountOrganization } from './organization-policies.ts'

/** What the global condition keys are read from. */
export interface RequestFacts {
  principal: Principal
  principalTags: Readonly<Record<string, string>>
  /** Organization of the principal's account; for a service, of the account on whose behalf it acts. */
  principalOrganization: AccountOrganization | undefined
  resourceAccount: string
  resourceOrganization: AccountOrganization | undefined
  origin: CallOrigin
  region: string
  now: Date
  userAgent: string
  /** Services that pass the call on, first to last, as service principals. */
  calledVia: readonly string[]
}

/** Global condition keys (IAM User Guide, "AWS global condition context keys") and those of the check. */
export function requestContext(facts: RequestFacts, check: AccessCheck): Record<string, ContextValue | undefined> {
  const context: Record<string, ContextValue | undefined> = {
    'aws:CurrentTime': facts.now.toISOString(),
    'aws:EpochTime': Math.floor(facts.now.getTime() / 1000),
    'aws:RequestedRegion': facts.region,
    'aws:SecureTransport': facts.origin.secure,
    'aws:UserAgent': facts.userAgent,
    'aws:ViaAWSService': facts.calledVia.length > 0,
    'aws:PrincipalIsAWSService': facts.principal.type === 'service',
    'aws:ResourceAccount': facts.resourceAccount || undefined,
    'aws:ResourceOrgID': facts.resourceOrganization?.id,
    'aws:ResourceOrgPaths': facts.resourceOrganization && [facts.resourceOrganization.path],
  }
  addPrincipal(context, facts)
  addOrigin(context, facts)
  addTags(context, check)
  for (const [key, value] of Object.entries(check.context ?? {})) if (value !== undefined) context[key] = value
  return context
}

type Context = Record<string, ContextValue | undefined>

function addPrincipal(context: Context, { principal, principalTags, principalOrganization }: RequestFacts): void {
  switch (principal.type) {
    case 'role-session':
      context['aws:PrincipalArn'] = principal.roleArn
      context['aws:PrincipalType'] = 'AssumedRole'
      context['aws:userid'] = `${principal.roleId}:${principal.sessionName}`
      context['aws:TokenIssueTime'] = principal.issuedAt
      context['aws:SourceIdentity'] = principal.sourceIdentity
      break
    case 'user':
      context['aws:PrincipalArn'] = principal.userArn
      context['aws:PrincipalType'] = 'User'
      context['aws:userid'] = principal.userId
      context['aws:username'] = principal.userName
      break
    case 'root':
      context['aws:PrincipalArn'] = `arn:aws:iam::${principal.account}:root`
      context['aws:PrincipalType'] = 'Account'
      context['aws:userid'] = principal.account
      break
    case 'service':
      context['aws:PrincipalServiceName'] = principal.service
      context['aws:PrincipalServiceNamesList'] = [principal.service]
      context['aws:SourceAccount'] = principal.sourceAccount
      context['aws:SourceArn'] = principal.sourceArn
      context['aws:SourceOrgID'] = principalOrganization?.id
      context['aws:SourceOrgPaths'] = principalOrganization && [principalOrganization.path]
      return
    case 'anonymous':
      context['aws:PrincipalType'] = 'Anonymous'
      context['aws:userid'] = 'anonymous'
      return
  }
  context['aws:PrincipalAccount'] = principal.account
  context['aws:PrincipalOrgID'] = principalOrganization?.id
  context['aws:PrincipalOrgPaths'] = principalOrganization && [principalOrganization.path]
  const sessionTags = principal.type === 'role-session' ? principal.sessionTags : {}
  for (const [key, value] of Object.entries({ ...principalTags, ...sessionTags })) {
    context[`aws:PrincipalTag/${key}`] = value
  }
}

/** Through a VPC endpoint there is no public address; through a service there is neither. */
function addOrigin(context: Context, { origin, calledVia, principal }: RequestFacts): void {
  if (calledVia.length > 0) {
    context['aws:CalledVia'] = calledVia
    context['aws:CalledViaFirst'] = calledVia[0]
    context['aws:CalledViaLast'] = calledVia.at(-1)
    return
  }
  if (principal.type === 'service') return
  if (origin.vpcEndpointId !== undefined) {
    context['aws:SourceVpce'] = origin.vpcEndpointId
    context['aws:SourceVpc'] = origin.vpcId
    context['aws:VpcSourceIp'] = origin.sourceIp
  } else {
    context['aws:SourceIp'] = origin.sourceIp
  }
}

function addTags(context: Context, check: AccessCheck): void {
  for (const [key, value] of Object.entries(check.resourceTags ?? {})) context[`aws:ResourceTag/${key}`] = value
  const requested = Object.entries(check.requestTags ?? {})
  for (const [key, value] of requested) context[`aws:RequestTag/${key}`] = value
  const keys = [...requested.map(([key]) => key), ...(check.tagKeys ?? [])]
  if (keys.length > 0) context['aws:TagKeys'] = keys
}
