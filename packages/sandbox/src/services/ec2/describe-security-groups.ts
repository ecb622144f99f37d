import type {
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult,
  DescribeSecurityGroupsRequest,
  DescribeSecurityGroupsResult,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { anyResource } from './access.ts'
import { type FilterTable, select } from './describe.ts'
import { rows } from './kind.ts'
import { securityGroupRules, securityGroups } from './kinds.ts'
import { securityGroupRuleShape, securityGroupShape } from './shape.ts'
import type { SecurityGroupRow, SecurityGroupRuleRow } from './state.ts'

const rulesIn = (row: SecurityGroupRow, call: Call, egress: boolean) =>
  [...rows(securityGroupRules, call).values()].filter((rule) => rule.GroupId === row.id && rule.IsEgress === egress)

/** `ip-permission.*` and `egress.ip-permission.*` look into the group's rules of that direction. */
function ruleFilters(prefix: string, egress: boolean): FilterTable<SecurityGroupRow> {
  const each =
    (value: (rule: SecurityGroupRuleRow) => string | number | undefined) => (row: SecurityGroupRow, call: Call) =>
      rulesIn(row, call, egress).map(value)
  return {
    [`${prefix}.cidr`]: each((rule) => rule.CidrIpv4),
    [`${prefix}.from-port`]: each((rule) => rule.FromPort),
    [`${prefix}.to-port`]: each((rule) => rule.ToPort),
    [`${prefix}.protocol`]: each((rule) => rule.IpProtocol),
    [`${prefix}.group-id`]: each((rule) => rule.ReferencedGroupInfo?.GroupId),
    [`${prefix}.prefix-list-id`]: each((rule) => rule.PrefixListId),
  }
}

const filters: FilterTable<SecurityGroupRow> = {
  'group-id': (row) => row.id,
  'group-name': (row) => row.GroupName,
  description: (row) => row.Description,
  'vpc-id': (row) => row.VpcId,
  ...ruleFilters('ip-permission', false),
  ...ruleFilters('egress.ip-permission', true),
}

export const describeSecurityGroups = operation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsResult>({
  name: 'DescribeSecurityGroups',
  access: (_input, call) => anyResource('DescribeSecurityGroups', call),
  handle: (input, call) => {
    // Names alone mean the default VPC, and the sandbox's accounts have none.
    if (input.GroupNames?.length)
      throw new AwsError('InvalidGroup.NotFound', `The security group '${input.GroupNames[0]}' does not exist`)
    const found = select(securityGroups, call, input.GroupIds, input.Filters, filters)
    return { SecurityGroups: found.map((row) => securityGroupShape(row, call)) }
  },
})

const ruleRowFilters: FilterTable<SecurityGroupRuleRow> = {
  'group-id': (row) => row.GroupId,
  'security-group-rule-id': (row) => row.id,
}

export const describeSecurityGroupRules = operation<
  DescribeSecurityGroupRulesRequest,
  DescribeSecurityGroupRulesResult
>({
  name: 'DescribeSecurityGroupRules',
  access: (_input, call) => anyResource('DescribeSecurityGroupRules', call),
  handle: (input, call) => {
    const found = select(securityGroupRules, call, input.SecurityGroupRuleIds, input.Filters, ruleRowFilters)
    return {
      SecurityGroupRules: found.map((row) => securityGroupRuleShape(row, call)),
    }
  },
})
