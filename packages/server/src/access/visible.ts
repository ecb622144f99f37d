import { type SqlBool, sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Filter } from '../resources/store.ts'
import { seesEverything, type Viewer } from './viewer.ts'

/** The read policies of policies.cedar as conditions of a query, so that lists are filtered before they are paged. */

const everything = sql<SqlBool>`true`

/** `column` names a project that the person is a member of, or that lies in an account the person owns. */
function projectIn(viewer: Viewer, column: string): Filter {
  const groups = [...viewer.groups]
  return sql<SqlBool>`${sql.ref(column)} in (
    select p.id from resource p join resource a on a.id = p.account_id
    where p.kind = 'Project' and (a.spec ->> 'ownerGroup' = any(${groups})
      or exists (select 1 from jsonb_array_elements(p.spec -> 'groups') g where g ->> 'groupId' = any(${groups}))))`
}

/** `column` names an account that the person owns. */
export function accountOwned(viewer: Viewer, column: string): Filter {
  if (seesEverything(viewer)) return everything
  return sql<SqlBool>`${sql.ref(column)} in (
    select o.id from resource o where o.kind = 'Account' and o.spec ->> 'ownerGroup' = any(${[...viewer.groups]}))`
}

export function visibleAccounts(viewer: Viewer): Filter {
  if (seesEverything(viewer)) return everything
  const groups = [...viewer.groups]
  return sql<SqlBool>`(spec ->> 'ownerGroup' = any(${groups}) or exists (
    select 1 from resource p, jsonb_array_elements(p.spec -> 'groups') g
    where p.kind = 'Project' and p.account_id = resource.id and p.deleted_at is null and g ->> 'groupId' = any(${groups})))`
}

export const visibleProjects = (viewer: Viewer): Filter =>
  seesEverything(viewer) ? everything : projectIn(viewer, 'resource.id')

export const visibleReviews = (viewer: Viewer): Filter =>
  seesEverything(viewer) || viewer.roles.has('reviewer') ? everything : projectIn(viewer, 'resource.project_id')

/** Exceptions of what the person owns, works in, or asked for. */
export const visibleExceptions = (viewer: Viewer): Filter =>
  seesEverything(viewer)
    ? everything
    : sql<SqlBool>`(${accountOwned(viewer, 'resource.account_id')} or ${projectIn(viewer, 'resource.project_id')}
        or spec -> 'requestedBy' ->> 'oid' = ${viewer.person.oid})`

/** Accounts that the person owns and projects that the person is in, ended ones too; `undefined` = all. */
export async function visiblePlaces(db: Db, viewer: Viewer) {
  if (seesEverything(viewer)) return undefined
  const rows = await db
    .selectFrom('resource')
    .select(['id', 'kind'])
    .where(
      sql<SqlBool>`((kind = 'Account' and ${accountOwned(viewer, 'resource.id')})
        or (kind = 'Project' and ${projectIn(viewer, 'resource.id')}))`,
    )
    .execute()
  const ids = (kind: string) => rows.filter((row) => row.kind === kind).map((row) => row.id)
  return { accountIds: ids('Account'), projectIds: ids('Project') }
}
