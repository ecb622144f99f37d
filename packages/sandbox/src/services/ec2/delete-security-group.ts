import type { DeleteSecurityGroupRequest, DeleteSecurityGroupResult } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { find, rows } from './kind.ts'
import { networkInterfaces, securityGroupRules, securityGroups } from './kinds.ts'

export const deleteSecurityGroup = operation<DeleteSecurityGroupRequest, DeleteSecurityGroupResult>({
  name: 'DeleteSecurityGroup',
  access: (input, call) => [onExisting('DeleteSecurityGroup', securityGroups, input.GroupId, call)],
  handle: (input, call) => {
    if (!input.GroupId)
      throw new AwsError('MissingParameter', 'The request must contain the parameter GroupName or GroupId')
    const { id, GroupName } = find(securityGroups, call, input.GroupId)
    if (GroupName === 'default')
      throw new AwsError('CannotDelete', `the specified group: "${id}" name: "default" cannot be deleted by a user`)
    if (inUse(id, call)) throw new AwsError('DependencyViolation', `resource ${id} has a dependent object`)
    deleteSecurityGroupRows(id, call)
    return { Return: true, GroupId: id }
  },
})

/** The group and its own rules. */
export function deleteSecurityGroupRows(groupId: string, call: Call): void {
  for (const rule of [...rows(securityGroupRules, call).values()])
    if (rule.GroupId === groupId) rows(securityGroupRules, call).delete(rule.id)
  rows(securityGroups, call).delete(groupId)
}

/** In use: by a network interface, or by a rule of another group. */
function inUse(groupId: string, call: Call): boolean {
  return (
    [...rows(networkInterfaces, call).values()].some((one) => one.groupIds.includes(groupId)) ||
    [...rows(securityGroupRules, call).values()].some(
      (rule) => rule.GroupId !== groupId && rule.ReferencedGroupInfo?.GroupId === groupId,
    )
  )
}
