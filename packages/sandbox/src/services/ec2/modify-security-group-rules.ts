import type {
  ModifySecurityGroupRulesRequest,
  ModifySecurityGroupRulesResult,
  SecurityGroupRuleRequest,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { find, rows } from './kind.ts'
import { securityGroupRules, securityGroups } from './kinds.ts'
import { canonical, protocolAndPorts, referencedGroup, sourceOf } from './security-group-rules.ts'
import type { SecurityGroupRuleRow } from './state.ts'

export const modifySecurityGroupRules = operation<ModifySecurityGroupRulesRequest, ModifySecurityGroupRulesResult>({
  name: 'ModifySecurityGroupRules',
  access: (input, call) => [
    onExisting('ModifySecurityGroupRules', securityGroups, input.GroupId, call),
    ...(input.SecurityGroupRules ?? []).map((one) =>
      onExisting('ModifySecurityGroupRules', securityGroupRules, one.SecurityGroupRuleId, call),
    ),
  ],
  handle: (input, call) => {
    find(securityGroups, call, input.GroupId!)
    for (const change of input.SecurityGroupRules ?? []) {
      const row = find(securityGroupRules, call, change.SecurityGroupRuleId!)
      if (row.GroupId !== input.GroupId)
        throw new AwsError(
          'InvalidSecurityGroupRuleId.NotFound',
          `The security group rule ID '${row.id}' does not exist`,
        )
      rows(securityGroupRules, call).put(row.id, changed(row, change.SecurityGroupRule ?? {}, call))
    }
    return { Return: true }
  },
})

/** The request states the whole rule: members left out are removed, and the kind of source cannot change. */
function changed(row: SecurityGroupRuleRow, rule: SecurityGroupRuleRequest, call: Call): SecurityGroupRuleRow {
  const { id, tags, GroupId, IsEgress } = row
  const next: SecurityGroupRuleRow = {
    ...{ id, tags, GroupId, IsEgress },
    ...protocolAndPorts(rule),
    ...(rule.CidrIpv4 && { CidrIpv4: canonical(rule.CidrIpv4) }),
    ...(rule.CidrIpv6 && { CidrIpv6: rule.CidrIpv6 }),
    ...(rule.PrefixListId && { PrefixListId: rule.PrefixListId }),
    ...(rule.ReferencedGroupId && { ReferencedGroupInfo: referencedGroup(rule.ReferencedGroupId, undefined, call) }),
    ...(rule.Description !== undefined && { Description: rule.Description }),
  }
  if (sourceOf(next) === undefined)
    throw new AwsError('MissingParameter', 'The request must contain exactly one source or destination of the rule')
  return next
}
