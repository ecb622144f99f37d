import type {
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupEgressResult,
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult,
  IpPermission,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onCreated, onExisting } from './access.ts'
import { find, rows } from './kind.ts'
import { securityGroupRules, securityGroups } from './kinds.ts'
import { putRule, type RuleBody, rulesOf, sameRule, sourceOf } from './security-group-rules.ts'
import { securityGroupRuleShape } from './shape.ts'
import { checkedTags } from './tag-specification.ts'

export const authorizeSecurityGroupIngress = operation<
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult
>({
  name: 'AuthorizeSecurityGroupIngress',
  access: (input, call) => access('AuthorizeSecurityGroupIngress', input, call),
  handle: (input, call) => authorize(input, false, call),
})

export const authorizeSecurityGroupEgress = operation<
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupEgressResult
>({
  name: 'AuthorizeSecurityGroupEgress',
  access: (input, call) => access('AuthorizeSecurityGroupEgress', input, call),
  handle: (input, call) => authorize(input, true, call),
})

type Input = AuthorizeSecurityGroupIngressRequest | AuthorizeSecurityGroupEgressRequest

function access(action: string, input: Input, call: Call) {
  return [
    onExisting(action, securityGroups, input.GroupId, call),
    ...onCreated(action, securityGroupRules, input, call),
  ]
}

function authorize(input: Input, egress: boolean, call: Call) {
  const group = find(securityGroups, call, groupIdOf(input))
  const tags = checkedTags(input.TagSpecifications, 'security-group-rule')
  const bodies = rulesOf(group.id, egress, permissionsOf(input), call)
  if (bodies.length === 0)
    throw new AwsError('MissingParameter', 'The request must contain the parameter ipPermissions')
  checkRoom(group.id, egress, bodies, call)
  const made = bodies.map((body) => {
    checkNew(body, call)
    return putRule(body, tags, call)
  })
  return { Return: true, SecurityGroupRules: made.map((row) => securityGroupRuleShape(row, call)) }
}

export function groupIdOf(input: { GroupId?: string | undefined }): string {
  if (input.GroupId) return input.GroupId
  throw new AwsError('MissingParameter', 'The request must contain the parameter groupName or groupId')
}

/** The short form of the request (CidrIp, IpProtocol, ports) as one permission. */
export function permissionsOf(input: {
  IpPermissions?: IpPermission[] | undefined
  CidrIp?: string | undefined
  IpProtocol?: string | undefined
  FromPort?: number | undefined
  ToPort?: number | undefined
}): IpPermission[] | undefined {
  if (input.IpPermissions?.length || !input.CidrIp) return input.IpPermissions
  const { IpProtocol, FromPort, ToPort, CidrIp } = input
  return [{ IpProtocol, FromPort, ToPort, IpRanges: [{ CidrIp }] }]
}

function checkNew(body: RuleBody, call: Call): void {
  for (const rule of rows(securityGroupRules, call).values())
    if (sameRule(rule, body))
      throw new AwsError(
        'InvalidPermission.Duplicate',
        `the specified rule "peer: ${sourceOf(body)}, ${describePorts(body)}, ALLOW" already exists`,
      )
}

function describePorts(body: RuleBody): string {
  if (body.IpProtocol === '-1') return 'ALL'
  return `${body.IpProtocol.toUpperCase()}, from port: ${body.FromPort}, to port: ${body.ToPort}`
}

/** 60 inbound and 60 outbound rules per group (VPC User Guide, "Amazon VPC quotas"). */
function checkRoom(groupId: string, egress: boolean, more: readonly RuleBody[], call: Call): void {
  const now = [...rows(securityGroupRules, call).values()].filter(
    (rule) => rule.GroupId === groupId && rule.IsEgress === egress,
  )
  if (now.length + more.length > 60)
    throw new AwsError(
      'RulesPerSecurityGroupLimitExceeded',
      'The maximum number of rules per security group has been reached.',
    )
}
