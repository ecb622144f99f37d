import type { IpPermission } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { readCidr, writeCidr } from './cidr.ts'
import { find, newId, rows } from './kind.ts'
import { securityGroupRules, securityGroups } from './kinds.ts'
import type { SecurityGroupRuleRow } from './state.ts'

/** A rule before it has an id. */
export type RuleBody = Omit<SecurityGroupRuleRow, 'id' | 'tags'>

/**
 * One rule per source of each permission: rules are the only store, IpPermissions a view of them
 * (VPC User Guide, "Security group rules").
 */
export function rulesOf(
  GroupId: string,
  IsEgress: boolean,
  permissions: readonly IpPermission[] | undefined,
  call: Call,
): RuleBody[] {
  return (permissions ?? []).flatMap((permission) => {
    const base = { GroupId, IsEgress, ...protocolAndPorts(permission) }
    return [
      ...(permission.IpRanges ?? []).map((range) => ({
        ...base,
        CidrIpv4: canonical(range.CidrIp),
        Description: range.Description,
      })),
      ...(permission.Ipv6Ranges ?? []).map((range) => ({
        ...base,
        CidrIpv6: range.CidrIpv6,
        Description: range.Description,
      })),
      ...(permission.PrefixListIds ?? []).map((list) => ({
        ...base,
        PrefixListId: list.PrefixListId,
        Description: list.Description,
      })),
      ...(permission.UserIdGroupPairs ?? []).map((pair) => ({
        ...base,
        ReferencedGroupInfo: referencedGroup(pair.GroupId, pair.UserId, call),
        Description: pair.Description,
      })),
    ]
  })
}

export function referencedGroup(groupId: string | undefined, userId: string | undefined, call: Call) {
  if (!groupId) throw new AwsError('MissingParameter', 'The request must contain the parameter groupId')
  if (!userId || userId === call.account) find(securityGroups, call, groupId)
  return { GroupId: groupId, UserId: userId ?? call.account }
}

/** Protocol by its number's name, ports -1 for all (EC2 API Reference, "IpPermission"). */
export function protocolAndPorts(permission: {
  IpProtocol?: string | undefined
  FromPort?: number | undefined
  ToPort?: number | undefined
}): { IpProtocol: string; FromPort: number; ToPort: number } {
  const named: Record<string, string> = { '6': 'tcp', '17': 'udp', '1': 'icmp', '58': 'icmpv6', all: '-1' }
  const given = permission.IpProtocol?.toLowerCase()
  if (given === undefined) throw new AwsError('MissingParameter', 'The request must contain the parameter ipProtocol')
  const IpProtocol = named[given] ?? given
  const known = ['-1', 'tcp', 'udp', 'icmp', 'icmpv6'].includes(IpProtocol) || /^\d{1,3}$/.test(IpProtocol)
  if (!known || Number(IpProtocol) > 255)
    throw new AwsError(
      'InvalidPermission.Malformed',
      `Unsupported IP protocol "${given}" - supported: [tcp, udp, icmp]`,
    )
  // All protocols means all ports, whatever ports are said.
  if (IpProtocol === '-1') return { IpProtocol, FromPort: -1, ToPort: -1 }
  if (IpProtocol !== 'tcp' && IpProtocol !== 'udp')
    return { IpProtocol, FromPort: permission.FromPort ?? -1, ToPort: permission.ToPort ?? -1 }
  const { FromPort, ToPort } = permission
  if (FromPort === undefined || ToPort === undefined)
    throw new AwsError(
      'InvalidParameterValue',
      `Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.`,
    )
  if (FromPort < 0 || ToPort > 65_535 || FromPort > ToPort)
    throw new AwsError('InvalidParameterValue', `Invalid value '${FromPort}-${ToPort}' for portRange.`)
  return { IpProtocol, FromPort, ToPort }
}

export function canonical(cidr: string | undefined): string {
  return writeCidr(readCidr(cidr ?? '', 'cidrIp'))
}

export function putRule(body: RuleBody, tags: Record<string, string>, call: Call): SecurityGroupRuleRow {
  const row: SecurityGroupRuleRow = { ...body, id: newId(securityGroupRules, call), tags }
  rows(securityGroupRules, call).put(row.id, row)
  return row
}

export function sameRule(one: RuleBody, other: RuleBody): boolean {
  return (
    one.GroupId === other.GroupId &&
    one.IsEgress === other.IsEgress &&
    one.IpProtocol === other.IpProtocol &&
    one.FromPort === other.FromPort &&
    one.ToPort === other.ToPort &&
    sourceOf(one) === sourceOf(other)
  )
}

export function sourceOf(rule: RuleBody): string | undefined {
  return rule.CidrIpv4 ?? rule.CidrIpv6 ?? rule.PrefixListId ?? rule.ReferencedGroupInfo?.GroupId
}

/** Rules of one direction as IpPermissions, one per protocol and port range. */
export function ipPermissions(rules: readonly SecurityGroupRuleRow[]): IpPermission[] {
  const byPorts = new Map<string, SecurityGroupRuleRow[]>()
  for (const rule of rules) {
    const key = `${rule.IpProtocol} ${rule.FromPort} ${rule.ToPort}`
    byPorts.set(key, [...(byPorts.get(key) ?? []), rule])
  }
  return [...byPorts.values()].map((same) => {
    const [first] = same as [SecurityGroupRuleRow]
    const ports = first.IpProtocol === '-1' ? {} : { FromPort: first.FromPort, ToPort: first.ToPort }
    return { IpProtocol: first.IpProtocol, ...ports, ...sources(same) }
  })
}

function sources(rules: readonly SecurityGroupRuleRow[]) {
  return {
    IpRanges: rules
      .filter((rule) => rule.CidrIpv4)
      .map((rule) => ({ CidrIp: rule.CidrIpv4, Description: rule.Description })),
    Ipv6Ranges: rules
      .filter((rule) => rule.CidrIpv6)
      .map((rule) => ({ CidrIpv6: rule.CidrIpv6, Description: rule.Description })),
    PrefixListIds: rules
      .filter((rule) => rule.PrefixListId)
      .map((rule) => ({ PrefixListId: rule.PrefixListId, Description: rule.Description })),
    UserIdGroupPairs: rules
      .filter((rule) => rule.ReferencedGroupInfo)
      .map((rule) => ({ ...rule.ReferencedGroupInfo, Description: rule.Description })),
  }
}
