import { PolicyError, parsePolicy } from '@uais/iam'
import { constraint, malformedPolicy } from './errors.ts'
import type { PolicyType } from './state.ts'

/** Quotas for AWS Organizations: characters of a policy, and policies directly attached to one target. */
const maxSize: Record<PolicyType, number> = { SERVICE_CONTROL_POLICY: 10_240, RESOURCE_CONTROL_POLICY: 5_120 }
const maxAttached: Record<PolicyType, number> = { SERVICE_CONTROL_POLICY: 10, RESOURCE_CONTROL_POLICY: 5 }

/** Refuses a policy that Organizations would not store. White space counts when it comes over the API. */
export function checkPolicy(type: PolicyType, content: string): void {
  if (content.length > maxSize[type]) {
    throw constraint(
      'You have exceeded the maximum policy size limit. Reduce the size of the policy.',
      'POLICY_CONTENT_LIMIT_EXCEEDED',
    )
  }
  try {
    parsePolicy(content, type === 'SERVICE_CONTROL_POLICY' ? 'scp' : 'rcp')
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw malformedPolicy('The provided policy document does not meet the requirements of the specified policy type.')
  }
}

export function checkAttachedCount(type: PolicyType, attached: number): void {
  if (attached < maxAttached[type]) return
  throw constraint(
    'You have attached the maximum number of policies of this type to the target.',
    'MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED',
  )
}
