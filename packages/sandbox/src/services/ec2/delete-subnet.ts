import type { DeleteSubnetRequest } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { find, rows } from './kind.ts'
import { networkInterfaces, routeTables, subnets } from './kinds.ts'

export const deleteSubnet = operation<DeleteSubnetRequest, void>({
  name: 'DeleteSubnet',
  access: (input, call) => [onExisting('DeleteSubnet', subnets, input.SubnetId, call)],
  handle: (input, call) => {
    const { id } = find(subnets, call, input.SubnetId!)
    if ([...rows(networkInterfaces, call).values()].some((one) => one.SubnetId === id))
      throw new AwsError('DependencyViolation', `The subnet '${id}' has dependencies and cannot be deleted.`)
    for (const table of [...rows(routeTables, call).values()]) {
      const Associations = table.Associations.filter((one) => one.SubnetId !== id)
      if (Associations.length < table.Associations.length)
        rows(routeTables, call).put(table.id, { ...table, Associations })
    }
    rows(subnets, call).delete(id)
  },
})
