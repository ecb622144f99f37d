import type { Call } from '../../kernel/operation.ts'
import { newId, rows } from './kind.ts'
import { securityGroups } from './kinds.ts'
import { putRule } from './security-group-rules.ts'
import type { SecurityGroupRow, VpcRow } from './state.ts'

/** Every new group lets all traffic out (VPC User Guide, "Security group rules"). */
export function newSecurityGroup(
  vpc: VpcRow,
  GroupName: string,
  Description: string,
  tags: Record<string, string>,
  call: Call,
): SecurityGroupRow {
  const group = { id: newId(securityGroups, call), tags, VpcId: vpc.id, GroupName, Description }
  rows(securityGroups, call).put(group.id, group)
  putRule(
    { GroupId: group.id, IsEgress: true, IpProtocol: '-1', FromPort: -1, ToPort: -1, CidrIpv4: '0.0.0.0/0' },
    {},
    call,
  )
  return group
}
