import type { Operation } from '../../kernel/operation.ts'
import { checkIdentityPolicy, encoded } from './documents.ts'
import { type EntityInput, type EntityKind, findEntity, onEntity } from './entity.ts'
import { noSuchEntity } from './errors.ts'
import { checkInlineSize } from './quotas.ts'
import type { RoleRow, UserRow } from './state.ts'

interface PolicyInput extends EntityInput {
  PolicyName: string
  PolicyDocument: string
}

/** Put-, Get-, Delete- and List…Policies of roles or users. */
export function inlinePolicyOperations<Row extends RoleRow | UserRow>(
  kind: EntityKind<Row>,
): Operation<PolicyInput, unknown>[] {
  const { title } = kind
  const boundary = (input: EntityInput, call: Parameters<typeof findEntity>[2]) => ({
    'iam:PermissionsBoundary': kind.rows(call).get(String(input[kind.member]))?.boundary,
  })
  const missing = (name: string) => noSuchEntity(`The ${kind.kind} policy with name ${name} cannot be found.`)
  return [
    {
      name: `Put${title}Policy`,
      access: (input, call) => [onEntity(kind, `Put${title}Policy`, input, call, boundary(input, call))],
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        checkIdentityPolicy(input.PolicyDocument)
        row.inline = { ...row.inline, [input.PolicyName]: input.PolicyDocument }
        checkInlineSize(kind.kind, row.name, Object.values(row.inline))
        kind.rows(call).put(row.name, row)
      },
    },
    {
      name: `Get${title}Policy`,
      access: (input, call) => [onEntity(kind, `Get${title}Policy`, input, call)],
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        const document = row.inline[input.PolicyName]
        if (document === undefined) throw missing(input.PolicyName)
        return { [kind.member]: row.name, PolicyName: input.PolicyName, PolicyDocument: encoded(document) }
      },
    },
    {
      name: `Delete${title}Policy`,
      access: (input, call) => [onEntity(kind, `Delete${title}Policy`, input, call, boundary(input, call))],
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        const { [input.PolicyName]: removed, ...kept } = row.inline
        if (removed === undefined) throw missing(input.PolicyName)
        row.inline = kept
        kind.rows(call).put(row.name, row)
      },
    },
    {
      name: `List${title}Policies`,
      access: (input, call) => [onEntity(kind, `List${title}Policies`, input, call)],
      handle: (input, call) => ({ PolicyNames: Object.keys(findEntity(kind, input, call).inline).sort() }),
    },
  ]
}
