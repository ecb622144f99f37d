import type { Caller } from '../principal/caller.ts'
import type { Question } from './question.ts'

/** A rule of a service that no policy can change; `why` is shown to people. */
export interface ServiceRule {
  verdict: 'Allowed' | 'ImplicitlyDenied'
  why: string
}

const managesRole = [
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
]
const managesPolicy = [
  'CreatePolicy',
  'CreatePolicyVersion',
  'DeletePolicy',
  'DeletePolicyVersion',
  'SetDefaultPolicyVersion',
  'TagPolicy',
  'UntagPolicy',
]

/**
 * Actions that a rule can concern. sts:GetCallerIdentity and sts:GetSessionToken: "No permissions are required", and an
 * explicit deny does not stop them either (AWS STS API Reference).
 */
const ruled = new Map<string, 'sts' | 'role' | 'policy' | 'alias'>([
  ['sts:getcalleridentity', 'sts'],
  ['sts:getsessiontoken', 'sts'],
  ['sts:assumerole', 'sts'],
  ...managesRole.map((name) => [`iam:${name.toLowerCase()}`, 'role'] as const),
  ...managesPolicy.map((name) => [`iam:${name.toLowerCase()}`, 'policy'] as const),
  ['kms:createalias', 'alias'],
  ['kms:updatealias', 'alias'],
  ['kms:deletealias', 'alias'],
])

/** The rule of the service that settles the request whatever the policies say, if there is one. */
export function serviceRule({ caller, action, facts, resource }: Question): ServiceRule | undefined {
  const service = ruled.get(facts.name)
  if (service === undefined) return undefined
  if (service === 'sts') return stsRule(caller, action, facts.name)
  if (service === 'role' && isReservedRole(resource) && !isAws(caller)) {
    return { verdict: 'ImplicitlyDenied', why: `${resource} is protected: this role is only modifiable by AWS` }
  }
  if (service === 'policy' && /^arn:[^:]+:iam::aws:policy\//.test(resource)) {
    return {
      verdict: 'ImplicitlyDenied',
      why: `${resource} is an AWS managed policy, outside of every customer's account`,
    }
  }
  if (service === 'alias' && /^arn:[^:]+:kms:[^:]*:[^:]*:alias\/aws\//.test(resource)) {
    return { verdict: 'ImplicitlyDenied', why: `${resource}: the prefix alias/aws/ is reserved for AWS managed keys` }
  }
  return undefined
}

function stsRule(caller: Caller, action: string, name: string): ServiceRule | undefined {
  if (name !== 'sts:assumerole') {
    return caller.account === ''
      ? undefined
      : { verdict: 'Allowed', why: `${action} needs no permission and cannot be denied` }
  }
  return caller.kind === 'root'
    ? { verdict: 'ImplicitlyDenied', why: 'the root user of an account cannot assume roles' }
    : undefined
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
export function ignoresResourcePolicy({ caller, facts, resourceAccount }: Question): boolean {
  return caller.kind === 'root' && caller.account === resourceAccount && bucketPolicyActions.has(facts.name)
}
