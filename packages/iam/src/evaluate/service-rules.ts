import type { Caller } from '../principal/caller.ts'
import type { AuthorizationRequest } from './request.ts'

/** A rule of a service that no policy can change; `why` is shown to people. */
export interface ServiceRule {
  verdict: 'Allowed' | 'ImplicitlyDenied'
  why: string
}

/** STS: "No permissions are required"; an explicit deny does not stop them either (STS API Reference, both actions). */
const needsNoPermission = new Set(['sts:getcalleridentity', 'sts:getsessiontoken'])

const managesRole = new Set(
  [
    'AttachRolePolicy',
    'CreateRole',
    'DeleteRole',
    'DeleteRolePermissionsBoundary',
    'DeleteRolePolicy',
    'DetachRolePolicy',
    'PutRolePermissionsBoundary',
    'PutRolePolicy',
    'UpdateAssumeRolePolicy',
    'UpdateRole',
  ].map((name) => `iam:${name.toLowerCase()}`),
)

const managesPolicy = new Set(
  [
    'CreatePolicy',
    'CreatePolicyVersion',
    'DeletePolicy',
    'DeletePolicyVersion',
    'SetDefaultPolicyVersion',
    'TagPolicy',
    'UntagPolicy',
  ].map((name) => `iam:${name.toLowerCase()}`),
)

const managesAlias = new Set(['kms:createalias', 'kms:updatealias', 'kms:deletealias'])

/** Services whose requests such a rule can concern: asked first, so that others pay nothing. */
export function hasServiceRules(action: string): boolean {
  const first = action.charCodeAt(0) | 32
  return first === 105 /* iam */ || first === 107 /* kms */ || first === 115 /* sts, s3 */
}

/** The rule of the service that settles the request whatever the policies say, if there is one. */
export function serviceRule(caller: Caller, request: AuthorizationRequest): ServiceRule | undefined {
  const action = request.action.toLowerCase()
  const { arn } = request.resource
  if (needsNoPermission.has(action) && caller.account !== '') {
    return { verdict: 'Allowed', why: `${request.action} needs no permission and cannot be denied` }
  }
  if (action === 'sts:assumerole' && caller.kind === 'root') {
    return { verdict: 'ImplicitlyDenied', why: 'the root user of an account cannot assume roles' }
  }
  if (managesRole.has(action) && isReservedRole(arn) && !isAws(caller)) {
    return { verdict: 'ImplicitlyDenied', why: `${arn} is protected: this role is only modifiable by AWS` }
  }
  if (managesPolicy.has(action) && /^arn:[^:]+:iam::aws:policy\//.test(arn)) {
    return { verdict: 'ImplicitlyDenied', why: `${arn} is an AWS managed policy, outside of every customer's account` }
  }
  if (managesAlias.has(action) && /^arn:[^:]+:kms:[^:]*:[^:]*:alias\/aws\//.test(arn)) {
    return { verdict: 'ImplicitlyDenied', why: `${arn}: the alias prefix alias/aws/ is reserved for AWS managed keys` }
  }
  return undefined
}

/** Paths that only AWS services and IAM Identity Center can use (IAM User Guide, "IAM identifiers"). */
function isReservedRole(arn: string): boolean {
  return /^arn:[^:]+:iam::[^:]*:role\/(aws-service-role|aws-reserved)\//.test(arn)
}

function isAws(caller: Caller): boolean {
  return caller.kind === 'service' || caller.serviceLinked
}

const bucketPolicyActions = new Set(['s3:getbucketpolicy', 's3:putbucketpolicy', 's3:deletebucketpolicy'])

/**
 * A bucket policy cannot lock out the root user of the bucket's account from the bucket policy itself (Amazon S3 API
 * Reference, "PutBucketPolicy").
 */
export function ignoresResourcePolicy(caller: Caller, request: AuthorizationRequest): boolean {
  return (
    caller.kind === 'root' &&
    caller.account === request.resource.accountId &&
    bucketPolicyActions.has(request.action.toLowerCase())
  )
}
