import type { DeleteRouteTableRequest } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onExisting } from './access.ts'
import { find, rows } from './kind.ts'
import { routeTables } from './kinds.ts'

export const deleteRouteTable = operation<DeleteRouteTableRequest, void>({
  name: 'DeleteRouteTable',
  access: (input, call) => [onExisting('DeleteRouteTable', routeTables, input.RouteTableId, call)],
  handle: (input, call) => {
    const table = find(routeTables, call, input.RouteTableId!)
    if (table.Associations.length > 0)
      throw new AwsError('DependencyViolation', `The routeTable '${table.id}' has dependencies and cannot be deleted.`)
    rows(routeTables, call).delete(table.id)
  },
})
