import { randomUUID } from 'node:crypto'
import { type Kind, PlatformError } from '@uais/contract'
import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { type Db, transaction } from '../db/database.ts'
import {
  type Actor,
  patched,
  type Resource,
  resourceFrom,
  type SpecOf,
  type StatusOf,
  type StatusPatch,
} from './resource.ts'

interface NewResource<K extends Kind> {
  kind: K
  name: string
  accountId: string | null
  projectId: string | null
  spec: SpecOf<K>
  status: StatusOf<K>
  createdBy: Actor
}

/** Stores a new resource. @throws PlatformError already-exists when its name, or what must be unique in it, is taken */
export async function insertResource<K extends Kind>(db: Db, fresh: NewResource<K>): Promise<Resource<K>> {
  const row = await db
    .insertInto('resource')
    .values({
      id: randomUUID(),
      kind: fresh.kind,
      name: fresh.name,
      account_id: fresh.accountId,
      project_id: fresh.projectId,
      spec: JSON.stringify(fresh.spec),
      status: JSON.stringify(fresh.status),
      created_by: fresh.createdBy && JSON.stringify(fresh.createdBy),
    })
    .returningAll()
    .executeTakeFirstOrThrow()
    .catch((error: unknown) => {
      throw takenOr(error, fresh)
    })
  return resourceFrom<K>(row)
}

/** What each unique index means to the person who ran into it. */
const taken: Record<string, string> = {
  resource_name: 'the name is taken; choose another',
  resource_aws_account: 'this AWS account is already onboarded',
  resource_model_package: 'this model package is already known',
  resource_workspace_member: 'this person already has a workspace in the account; remove that one first',
  resource_open_review: 'a review of this model version is already open',
}

function takenOr(error: unknown, fresh: { kind: Kind; name: string }): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string }
  if (code !== '23505' || !constraint || !taken[constraint]) return error
  const exists = constraint === 'resource_name' || constraint === 'resource_aws_account'
  return new PlatformError(
    exists ? 'already-exists' : 'conflict',
    `creating ${fresh.kind} '${fresh.name}': ${taken[constraint]}`,
  )
}

/** One living resource; `undefined` when there is none, or only its tombstone. */
export async function readResource<K extends Kind>(db: Db, kind: K, id: string): Promise<Resource<K> | undefined> {
  const row = await db
    .selectFrom('resource')
    .selectAll()
    .where('id', '=', id)
    .where('kind', '=', kind)
    .where('deleted_at', 'is', null)
    .executeTakeFirst()
  return row && resourceFrom<K>(row)
}

/** As `readResource`, tombstones too: what happened to something is read after its end as well. */
export async function readEvenDeleted<K extends Kind>(db: Db, kind: K, id: string): Promise<Resource<K> | undefined> {
  const row = await db
    .selectFrom('resource')
    .selectAll()
    .where('id', '=', id)
    .where('kind', '=', kind)
    .executeTakeFirst()
  return row && resourceFrom<K>(row)
}

/** As `readResource`, but absence is an error. @throws PlatformError not-found */
export async function needResource<K extends Kind>(db: Db, kind: K, id: string): Promise<Resource<K>> {
  const resource = await readResource(db, kind, id)
  if (!resource) throw new PlatformError('not-found', `reading ${kind} ${id}: there is none, or none that you may see`)
  return resource
}

/** As `needResource`, and nobody else changes it until the transaction ends. */
export async function lockResource<K extends Kind>(tx: Db, kind: K, id: string): Promise<Resource<K>> {
  await sql`select 1 from resource where id = ${id} for update`.execute(tx)
  return needResource(tx, kind, id)
}

/** A condition on the columns of `resource`. */
export type Filter = RawBuilder<SqlBool>

/** All living resources of a kind that satisfy `where`, oldest first: for the platform's own sweeps and checks. */
export async function findResources<K extends Kind>(db: Db, kind: K, where?: Filter): Promise<Resource<K>[]> {
  const query = db.selectFrom('resource').selectAll().where('kind', '=', kind).where('deleted_at', 'is', null)
  const rows = await (where ? query.where(where) : query).orderBy('created_at').orderBy('id').execute()
  return rows.map((row) => resourceFrom<K>(row))
}

/**
 * Changes the spec of a resource that is still at `generation`.
 * @throws PlatformError conflict when someone else changed it, or its deletion was asked for
 */
export async function updateSpec<K extends Kind>(
  db: Db,
  resource: Resource<K>,
  generation: number,
  spec: SpecOf<K>,
): Promise<Resource<K>> {
  const row = await db
    .updateTable('resource')
    .set({ spec: JSON.stringify(spec), generation: generation + 1, updated_at: new Date() })
    .where('id', '=', resource.id)
    .where('generation', '=', generation)
    .where('deletion_requested_at', 'is', null)
    .where('deleted_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
  if (!row)
    throw new PlatformError(
      'conflict',
      `changing ${resource.kind} '${resource.name}': it is no longer at generation ${generation}; read it again and repeat the change`,
    )
  return resourceFrom<K>(row)
}

/** Writes what was observed. The row is locked in between, so that two writers lose nothing of each other. */
export function writeStatus<K extends Kind>(db: Db, kind: K, id: string, patch: StatusPatch<K>): Promise<Resource<K>> {
  return transaction(db, async (tx) => {
    const current = await lockResource(tx, kind, id)
    const now = new Date()
    const row = await tx
      .updateTable('resource')
      .set({ status: JSON.stringify(patched<K>(current.status, patch, now)), updated_at: now })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow()
    return resourceFrom<K>(row)
  })
}

/** Marks a resource for deletion; its reconcile does the work. Asking again changes nothing. */
export async function markForDeletion<K extends Kind>(db: Db, kind: K, id: string): Promise<Resource<K>> {
  await db
    .updateTable('resource')
    .set({ deletion_requested_at: new Date(), updated_at: new Date() })
    .where('id', '=', id)
    .where('deletion_requested_at', 'is', null)
    .where('deleted_at', 'is', null)
    .execute()
  return writeStatus(db, kind, id, { phase: 'Deleting' })
}

/** The end of a resource: its row stays as history, its name is free again. */
export async function tombstone(db: Db, kind: Kind, id: string): Promise<void> {
  await writeStatus(db, kind, id, { phase: 'Deleted' })
  await db.updateTable('resource').set({ deleted_at: new Date() }).where('id', '=', id).execute()
}
