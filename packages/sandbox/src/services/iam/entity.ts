import type { AccessCheck, Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { noSuchEntity } from './errors.ts'
import { iamArn, type RoleRow, roles, type UserRow, users } from './state.ts'

/** What roles and users have in common: inline and attached policies, a boundary, tags. */
export interface EntityKind<Row extends RoleRow | UserRow> {
  /** `Role` in operation names. */
  readonly title: 'Role' | 'User'
  readonly kind: 'role' | 'user'
  /** Input member that names it. */
  readonly member: 'RoleName' | 'UserName'
  rows(call: Call): Table<Row>
}

export const roleKind: EntityKind<RoleRow> = {
  title: 'Role',
  kind: 'role',
  member: 'RoleName',
  rows: (call) => roles(call),
}
export const userKind: EntityKind<UserRow> = {
  title: 'User',
  kind: 'user',
  member: 'UserName',
  rows: (call) => users(call),
}

export type EntityInput = { readonly [member: string]: unknown }

export function findEntity<Row extends RoleRow | UserRow>(kind: EntityKind<Row>, input: EntityInput, call: Call): Row {
  const name = String(input[kind.member])
  const row = kind.rows(call).get(name)
  if (row) return row
  throw noSuchEntity(`The ${kind.kind} with name ${name} cannot be found.`)
}

/** Check on a role or user; a missing one is asked for by its name, so that a refusal tells nothing. */
export function onEntity<Row extends RoleRow | UserRow>(
  kind: EntityKind<Row>,
  action: string,
  input: EntityInput,
  call: Call,
  context: AccessCheck['context'] = {},
): AccessCheck {
  const name = String(input[kind.member])
  const row = kind.rows(call).get(name)
  return {
    action: `iam:${action}`,
    resource: row?.arn ?? iamArn(call, `${kind.kind}/${name}`),
    resourceTags: row?.tags,
    context: { ...resourceTagKeys(row?.tags), ...context },
  }
}

/** IAM has its own form of aws:ResourceTag (Service Authorization Reference, "Condition keys for AWS IAM"). */
export function resourceTagKeys(tags: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [`iam:ResourceTag/${key}`, value]))
}

/** IAM names are unique without regard to case. */
export function isTaken(rows: Table<{ name: string }>, name: string): boolean {
  if (rows.has(name)) return true
  const lower = name.toLowerCase()
  for (const row of rows.values()) if (row.name.toLowerCase() === lower) return true
  return false
}

/** Rows below a path, in order of name, as list operations give them. */
export function underPath<Row extends { path: string; name: string }>(
  rows: Iterable<Row>,
  prefix: string | undefined,
): Row[] {
  return [...rows].filter((row) => row.path.startsWith(prefix ?? '/')).sort((a, b) => (a.name < b.name ? -1 : 1))
}
