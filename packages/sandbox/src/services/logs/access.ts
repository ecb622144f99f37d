import type { PolicyDocument } from '@uais/iam'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { policyDocument, statementsOf } from '../resource-policy.ts'
import { groupArn, logGroups, resourcePolicies } from './state.ts'

/**
 * The ARN that policies must match ends in `:log-stream:` and the stream's name, empty for calls on a group: that is
 * why policies write `log-group:NAME:*` (CloudWatch Logs User Guide, "Resource ARNs").
 */
export function onStream(action: string, group: string | undefined, stream: string, call: Call): AccessCheck {
  return {
    action: `logs:${action}`,
    resource: `${groupArn(call, group ?? '')}:log-stream:${stream}`,
    resourceTags: logGroups(call).get(group ?? '')?.tags,
  }
}

export function onGroup(action: string, group: string | undefined, call: Call): AccessCheck {
  return onStream(action, group, '', call)
}

/** Tag calls are checked on the group's ARN without any suffix. */
export function onGroupArn(action: string, group: string, call: Call): AccessCheck {
  return { action: `logs:${action}`, resource: groupArn(call, group), resourceTags: logGroups(call).get(group)?.tags }
}

export function onAny(action: string): AccessCheck[] {
  return [{ action: `logs:${action}`, resource: '*' }]
}

/** All resource policies of the account and region as one document: any of them may allow a service. */
export function servicePolicies(call: Call): { resourcePolicy?: PolicyDocument } {
  const rows = [...resourcePolicies(call).values()]
  if (rows.length === 0) return {}
  const Statement = rows.flatMap((row) => statementsOf(policyDocument(row.text)))
  return { resourcePolicy: { Version: '2012-10-17', Statement } }
}
