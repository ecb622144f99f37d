import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { awsManagedPolicy, isAwsManaged } from './aws-managed.ts'
import { resourceTagKeys } from './entity.ts'
import { invalidInput, noSuchPolicy } from './errors.ts'
import { type PolicyRow, policies } from './state.ts'

/** A managed policy of the account or of AWS. */
export function findPolicy(call: Call, arn: string): PolicyRow {
  if (!/^arn:aws[a-z-]*:iam::(\d{12}|aws):policy\/.+$/.test(arn)) throw invalidInput(`ARN ${arn} is not valid.`)
  const policy = awsManagedPolicy(arn) ?? policies(call).get(arn)
  if (!policy) throw noSuchPolicy(arn)
  return policy
}

/** The same, for changing it. */
export function findOwnPolicy(call: Call, arn: string): PolicyRow {
  if (isAwsManaged(arn)) throw invalidInput(`Policy ${arn} is managed by AWS and cannot be changed.`)
  return findPolicy(call, arn)
}

export function onPolicy(call: Call, action: string, arn: string): AccessCheck {
  const tags = policies(call).get(arn)?.tags
  return { action: `iam:${action}`, resource: arn, resourceTags: tags, context: resourceTagKeys(tags) }
}
