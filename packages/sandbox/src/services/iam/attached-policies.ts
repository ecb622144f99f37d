import type { Operation } from '../../kernel/operation.ts'
import { type EntityInput, type EntityKind, findEntity, onEntity } from './entity.ts'
import { noSuchEntity } from './errors.ts'
import { findPolicy } from './find-policy.ts'
import { checkAttachedCount } from './quotas.ts'
import type { RoleRow, UserRow } from './state.ts'

interface AttachInput extends EntityInput {
  PolicyArn: string
  PathPrefix?: string
}

/** Attach-, Detach- and ListAttached…Policies of roles or users. */
export function attachedPolicyOperations<Row extends RoleRow | UserRow>(
  kind: EntityKind<Row>,
): Operation<AttachInput, unknown>[] {
  const { title } = kind
  const keys = (input: AttachInput, call: Parameters<typeof findEntity>[2]) => ({
    'iam:PolicyARN': input.PolicyArn,
    'iam:PermissionsBoundary': kind.rows(call).get(String(input[kind.member]))?.boundary,
  })
  return [
    {
      name: `Attach${title}Policy`,
      access: (input, call) => [onEntity(kind, `Attach${title}Policy`, input, call, keys(input, call))],
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        findPolicy(call, input.PolicyArn)
        if (row.attached.includes(input.PolicyArn)) return
        row.attached = [...row.attached, input.PolicyArn]
        checkAttachedCount(kind.kind, row.attached.length)
        kind.rows(call).put(row.name, row)
      },
    },
    {
      name: `Detach${title}Policy`,
      access: (input, call) => [onEntity(kind, `Detach${title}Policy`, input, call, keys(input, call))],
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        if (!row.attached.includes(input.PolicyArn)) throw noSuchEntity(`Policy ${input.PolicyArn} was not found.`)
        row.attached = row.attached.filter((arn) => arn !== input.PolicyArn)
        kind.rows(call).put(row.name, row)
      },
    },
    {
      name: `ListAttached${title}Policies`,
      access: (input, call) => [onEntity(kind, `ListAttached${title}Policies`, input, call)],
      handle: (input, call) => ({
        AttachedPolicies: findEntity(kind, input, call)
          .attached.map((arn) => findPolicy(call, arn))
          .filter((policy) => policy.path.startsWith(input.PathPrefix ?? '/'))
          .map((policy) => ({ PolicyArn: policy.arn, PolicyName: policy.name })),
      }),
    },
  ]
}
