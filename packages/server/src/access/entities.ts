import type { CedarValueJson, EntityJson } from '@cedar-policy/cedar-wasm/nodejs'
import type { Account, Kind, Project } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { readEvenDeleted } from '../resources/store.ts'
import type { Reference } from './cedar.ts'
import type { Subject } from './subject.ts'
import type { Viewer } from './viewer.ts'

const ref = (type: string, id: string): CedarValueJson => ({ __entity: { type, id } })
const groupRefs = (ids: Iterable<string>) => [...new Set(ids)].map((id) => ref('Group', id))

/** The entities that a decision about `subject` needs: the person, the subject, and the account and project around it. */
export async function entitiesFor(
  db: Db,
  viewer: Viewer,
  extraRoles: string[],
  subject: Subject,
): Promise<EntityJson[]> {
  const around: EntityJson[] = []
  const account = await accountAround(db, subject)
  if (account) around.push(await accountEntity(db, account, subject.type === 'Account'))
  const project = await projectAround(db, subject)
  if (project) around.push(projectEntity(project))
  if (subject.type === 'Platform') around.push({ uid: refOf(subject), attrs: {}, parents: [] })
  else if (subject.type !== 'Account' && subject.type !== 'Project') around.push(entityOf(subject, account, project))
  const mentioned = JSON.stringify(around)
  const groups = [...viewer.groups].filter((id) => mentioned.includes(id))
  const parents = [
    ...groups.map((id) => ({ type: 'Group', id })),
    ...[...viewer.roles, ...extraRoles].map((id) => ({ type: 'Role', id })),
  ]
  return [{ uid: { type: 'Person', id: viewer.person.oid }, attrs: {}, parents }, ...around]
}

export const refOf = (subject: Subject): Reference => ({ type: subject.type, id: subject.id })

async function accountAround(db: Db, subject: Subject): Promise<Account | undefined> {
  if (subject.resource?.kind === 'Account') return subject.resource
  return subject.accountId ? readEvenDeleted(db, 'Account', subject.accountId) : undefined
}

async function projectAround(db: Db, subject: Subject): Promise<Project | undefined> {
  if (subject.resource?.kind === 'Project') return subject.resource
  return subject.projectId ? readEvenDeleted(db, 'Project', subject.projectId) : undefined
}

async function accountEntity(db: Db, account: Account, withMembers: boolean): Promise<EntityJson> {
  const link = await db
    .selectFrom('account_link')
    .select('paused')
    .where('account_id', '=', account.id)
    .executeTakeFirst()
  const members = withMembers ? await memberGroups(db, account.id) : []
  return {
    uid: { type: 'Account', id: account.id },
    attrs: {
      owners: ref('Group', account.spec.ownerGroup),
      members: groupRefs(members),
      paused: link?.paused ?? true,
    },
    parents: [],
  }
}

async function memberGroups(db: Db, accountId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct g ->> 'groupId' as id from resource, jsonb_array_elements(spec -> 'groups') g
    where kind = 'Project' and account_id = ${accountId} and deleted_at is null`.execute(db)
  return rows.map((row) => row.id)
}

function projectEntity(project: Project): EntityJson {
  const of = (role: string) => groupRefs(project.spec.groups.filter((g) => g.role === role).map((g) => g.groupId))
  return {
    uid: { type: 'Project', id: project.id },
    attrs: {
      account: ref('Account', project.accountId ?? ''),
      leads: of('lead'),
      scientists: of('scientist'),
      viewers: of('viewer'),
    },
    parents: [],
  }
}

/** A thing inside an account, and inside a project where there is one. */
function entityOf(subject: Subject, account: Account | undefined, project: Project | undefined): EntityJson {
  const attrs: Record<string, CedarValueJson> = { ...personAttribute(subject) }
  if (account) attrs.account = ref('Account', account.id)
  if (project) attrs.project = ref('Project', project.id)
  return { uid: refOf(subject), attrs, parents: [] }
}

function personAttribute({ resource }: Subject): Record<string, CedarValueJson> {
  if (resource?.kind === 'Workspace') return { member: ref('Person', resource.spec.memberOid) }
  if (resource?.kind === 'Review') return { submitter: ref('Person', resource.spec.submittedBy.oid) }
  if (resource?.kind === 'Exception') return { requester: ref('Person', resource.spec.requestedBy.oid) }
  return {}
}

/** The action that decides whether a person may know of the thing at all. */
export const readAction = (type: Kind | 'Run') => `Read${type}`
