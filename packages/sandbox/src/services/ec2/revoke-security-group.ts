import type {
  RevokeSecurityGroupEgressRequest,
  RevokeSecurityGroupEgressResult,
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { groupIdOf, permissionsOf } from './authorize-security-group.ts'
import { find, rows } from './kind.ts'
import { securityGroupRules, securityGroups } from './kinds.ts'
import { rulesOf, sameRule } from './security-group-rules.ts'
import type { SecurityGroupRuleRow } from './state.ts'

export const revokeSecurityGroupIngress = operation<
  RevokeSecurityGroupIngressRequest,
  RevokeSecurityGroupIngressResult
>({
  name: 'RevokeSecurityGroupIngress',
  access: (input, call) => [onExisting('RevokeSecurityGroupIngress', securityGroups, input.GroupId, call)],
  handle: (input, call) => revoke(input, false, call),
})

export const revokeSecurityGroupEgress = operation<RevokeSecurityGroupEgressRequest, RevokeSecurityGroupEgressResult>({
  name: 'RevokeSecurityGroupEgress',
  access: (input, call) => [onExisting('RevokeSecurityGroupEgress', securityGroups, input.GroupId, call)],
  handle: (input, call) => revoke(input, true, call),
})

function revoke(
  input: RevokeSecurityGroupIngressRequest | RevokeSecurityGroupEgressRequest,
  egress: boolean,
  call: Call,
) {
  const group = find(securityGroups, call, groupIdOf(input))
  const own = [...rows(securityGroupRules, call).values()].filter(
    (rule) => rule.GroupId === group.id && rule.IsEgress === egress,
  )
  const doomed = [...byId(input.SecurityGroupRuleIds ?? [], own), ...byBody(input, group.id, egress, own, call)]
  if (doomed.length === 0)
    throw new AwsError('MissingParameter', 'The request must contain the parameter ipPermissions')
  for (const rule of doomed) rows(securityGroupRules, call).delete(rule.id)
  return { Return: true }
}

function byId(ids: readonly string[], own: readonly SecurityGroupRuleRow[]): SecurityGroupRuleRow[] {
  return ids.map((id) => {
    const rule = own.find((one) => one.id === id)
    if (rule) return rule
    throw new AwsError('InvalidSecurityGroupRuleId.NotFound', `The security group rule ID '${id}' does not exist`)
  })
}

/** A rule that is not there is an error: "The specified rule does not exist in this security group." */
function byBody(
  input: RevokeSecurityGroupIngressRequest | RevokeSecurityGroupEgressRequest,
  groupId: string,
  egress: boolean,
  own: readonly SecurityGroupRuleRow[],
  call: Call,
): SecurityGroupRuleRow[] {
  return rulesOf(groupId, egress, permissionsOf(input), call).map((body) => {
    const rule = own.find((one) => sameRule(one, body))
    if (rule) return rule
    throw new AwsError('InvalidPermission.NotFound', 'The specified rule does not exist in this security group.')
  })
}
