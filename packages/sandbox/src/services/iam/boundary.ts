import type { Operation } from '../../kernel/operation.ts'
import { type EntityInput, type EntityKind, findEntity, onEntity } from './entity.ts'
import { noSuchEntity } from './errors.ts'
import { findPolicy } from './find-policy.ts'
import type { RoleRow, UserRow } from './state.ts'

interface BoundaryInput extends EntityInput {
  PermissionsBoundary: string
}

/** Put… and Delete…PermissionsBoundary of roles or users. */
export function boundaryOperations<Row extends RoleRow | UserRow>(
  kind: EntityKind<Row>,
): Operation<BoundaryInput, unknown>[] {
  const put = `Put${kind.title}PermissionsBoundary`
  const remove = `Delete${kind.title}PermissionsBoundary`
  return [
    {
      name: put,
      access: (input, call) => [
        onEntity(kind, put, input, call, { 'iam:PermissionsBoundary': input.PermissionsBoundary }),
      ],
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        row.boundary = findPolicy(call, input.PermissionsBoundary).arn
        kind.rows(call).put(row.name, row)
      },
    },
    {
      name: remove,
      access: (input, call) => {
        const boundary = kind.rows(call).get(String(input[kind.member]))?.boundary
        return [onEntity(kind, remove, input, call, { 'iam:PermissionsBoundary': boundary })]
      },
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        if (row.boundary === undefined) {
          throw noSuchEntity(`The ${kind.kind} with name ${row.name} does not have a permissions boundary.`)
        }
        row.boundary = undefined
        kind.rows(call).put(row.name, row)
      },
    },
  ]
}
