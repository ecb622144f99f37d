import type { AssumeRoleRequest, AssumeRoleResponse } from '@aws-sdk/client-sts'
import { principalName } from '../../authz/authorize.ts'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import type { RoleSession } from '../../kernel/principal.ts'
import type { RoleRow } from '../iam/state.ts'
import { assumedRoleResponse } from './assumed-role-response.ts'
import { issueSession } from './session.ts'
import { findRole, inheritedTags, packedSize, sessionPolicies, sessionSeconds, sessionTags } from './session-request.ts'

export const assumeRole = operation<AssumeRoleRequest, AssumeRoleResponse>({
  name: 'AssumeRole',
  access: (input, call) => {
    const role = knownRole(input, call)
    const tags = sessionTags(input.Tags)
    const inherited = inheritedTags(callerSession(call), tags)
    const identity = sourceIdentity(input, call)
    const check: Omit<AccessCheck, 'action'> = {
      resource: role.arn,
      resourceAccount: role.account,
      resourcePolicy: JSON.parse(role.trust),
      resourceTags: role.tags,
      requestTags: tags,
      context: {
        'sts:RoleSessionName': input.RoleSessionName,
        'sts:ExternalId': input.ExternalId,
        'sts:SourceIdentity': identity,
        'sts:TransitiveTagKeys': input.TransitiveTagKeys,
      },
    }
    const actions = ['sts:AssumeRole']
    if (identity !== undefined) actions.push('sts:SetSourceIdentity')
    if (Object.keys(tags).length > 0 || Object.keys(inherited).length > 0) actions.push('sts:TagSession')
    return actions.map((action) => ({ ...check, action }))
  },
  handle: (input, call) => {
    const role = knownRole(input, call)
    const caller = callerSession(call)
    const tags = sessionTags(input.Tags)
    const inherited = inheritedTags(caller, tags)
    const documents = sessionPolicies(call, role, input.Policy, input.PolicyArns)
    const packed = packedSize(documents, tags)
    const credential = issueSession(call, {
      role,
      sessionName: input.RoleSessionName ?? '',
      seconds: sessionSeconds(input.DurationSeconds, role, caller !== undefined),
      sessionPolicies: documents,
      sessionTags: { ...inherited, ...tags },
      transitiveTagKeys: [...Object.keys(inherited), ...(input.TransitiveTagKeys ?? [])],
      sourceIdentity: sourceIdentity(input, call),
    })
    return assumedRoleResponse(credential, packed)
  },
})

const callerSession = ({ principal }: Call): RoleSession | undefined =>
  principal.type === 'role-session' ? principal : undefined

/** STS does not tell a missing role from one that may not be assumed. */
function knownRole(input: AssumeRoleRequest, call: Call): RoleRow {
  const role = findRole(call, input.RoleArn ?? '')
  if (role) return role
  throw accessDenied(call, input)
}

function accessDenied(call: Call, input: AssumeRoleRequest): AwsError {
  const who = principalName(call.principal)
  return new AwsError(
    'AccessDenied',
    `User: ${who} is not authorized to perform: sts:AssumeRole on resource: ${input.RoleArn}`,
    403,
  )
}

/** A source identity stays through all chained sessions and cannot be changed (IAM User Guide, "source identity"). */
function sourceIdentity(input: AssumeRoleRequest, call: Call): string | undefined {
  const present = callerSession(call)?.sourceIdentity
  if (present !== undefined && input.SourceIdentity !== undefined && input.SourceIdentity !== present) {
    throw accessDenied(call, input)
  }
  return present ?? input.SourceIdentity
}
