import type { DeleteVpcRequest } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { deleteSecurityGroupRows } from './delete-security-group.ts'
import { find, rows } from './kind.ts'
import {
  internetGateways,
  networkAcls,
  networkInterfaces,
  routeTables,
  securityGroups,
  subnets,
  vpcEndpoints,
  vpcs,
} from './kinds.ts'

/** Goes only when nothing but the VPC's own default route table, group and ACL is left in it. */
export const deleteVpc = operation<DeleteVpcRequest, void>({
  name: 'DeleteVpc',
  access: (input, call) => [onExisting('DeleteVpc', vpcs, input.VpcId, call)],
  handle: (input, call) => {
    const { id } = find(vpcs, call, input.VpcId!)
    if (inUse(id, call))
      throw new AwsError('DependencyViolation', `The vpc '${id}' has dependencies and cannot be deleted.`)
    for (const table of [...rows(routeTables, call).values()])
      if (table.VpcId === id) rows(routeTables, call).delete(table.id)
    for (const acl of [...rows(networkAcls, call).values()])
      if (acl.VpcId === id) rows(networkAcls, call).delete(acl.id)
    for (const group of [...rows(securityGroups, call).values()])
      if (group.VpcId === id) deleteSecurityGroupRows(group.id, call)
    rows(vpcs, call).delete(id)
  },
})

function inUse(vpcId: string, call: Call): boolean {
  const inVpc = (row: { VpcId: string }) => row.VpcId === vpcId
  return (
    [...rows(subnets, call).values()].some(inVpc) ||
    [...rows(vpcEndpoints, call).values()].some(inVpc) ||
    [...rows(networkInterfaces, call).values()].some(inVpc) ||
    [...rows(securityGroups, call).values()].some((group) => inVpc(group) && group.GroupName !== 'default') ||
    [...rows(routeTables, call).values()].some(
      (table) => inVpc(table) && !table.Associations.some((one) => one.Main),
    ) ||
    [...rows(internetGateways, call).values()].some((gateway) => gateway.Attachments.some((one) => one.VpcId === vpcId))
  )
}
