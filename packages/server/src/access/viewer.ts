import { type Person, PlatformError } from '@uais/contract'
import { sql } from 'kysely'
import type { Config } from '../config/config.ts'
import type { Db } from '../db/database.ts'
import type { Directory } from '../entra/directory.ts'

const platformRoles = ['admin', 'reviewer', 'auditor'] as const
type PlatformRole = (typeof platformRoles)[number]

/** A person as the policies see them at this moment. */
export interface Viewer {
  person: Person
  groups: ReadonlySet<string>
  roles: ReadonlySet<PlatformRole>
}

/**
 * Asks Graph which groups the person is in. `fresh` for acts: a membership that ended a second ago ends the act.
 * @throws PlatformError directory-unavailable, or not-signed-in when Entra has disabled the account
 */
export async function viewerOf(
  door: { directory: Directory; config: Config },
  person: Person,
  options: { fresh: boolean },
): Promise<Viewer> {
  const [groups, enabled] = await Promise.all([
    door.directory.groupsOf(person.oid, options),
    door.directory.isEnabled(person.oid, options),
  ])
  if (!enabled) throw new PlatformError('not-signed-in', 'reading your account: Entra ID has disabled or removed it')
  const roles = new Set(platformRoles.filter((role) => groups.has(door.config.roleGroups[role])))
  return { person, groups, roles }
}

export const seesEverything = (viewer: Viewer) => viewer.roles.has('admin') || viewer.roles.has('auditor')

/** Ids of the accounts whose owner group the person is in. */
export async function ownedAccounts(db: Db, viewer: Viewer): Promise<string[]> {
  const rows = await db
    .selectFrom('resource')
    .select('id')
    .where('kind', '=', 'Account')
    .where('deleted_at', 'is', null)
    .where(sql<boolean>`spec ->> 'ownerGroup' = any(${[...viewer.groups]})`)
    .execute()
  return rows.map((row) => row.id)
}

/** Whether the person leads any project. */
export async function leadsAny(db: Db, viewer: Viewer): Promise<boolean> {
  const row = await db
    .selectFrom('resource')
    .select('id')
    .where('kind', '=', 'Project')
    .where('deleted_at', 'is', null)
    .where(
      sql<boolean>`exists (select 1 from jsonb_array_elements(spec -> 'groups') as g
        where g ->> 'role' = 'lead' and g ->> 'groupId' = any(${[...viewer.groups]}))`,
    )
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
