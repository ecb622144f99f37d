import { type Account, PlatformError, type Project, type projectRoles, projectSpec } from '@uais/contract'
import { sql } from 'kysely'
import type { Call } from '../access/route.ts'
import type { Db } from '../db/database.ts'
import { needGroups } from '../directory/directory.ts'
import type { Directory } from '../entra/directory.ts'
import * as events from '../events.ts'
import { addReconcile } from '../queue/jobs.ts'
import { firstStatus } from '../resources/resource.ts'
import { findResources, insertResource, markForDeletion, needResource, updateSpec } from '../resources/store.ts'

export type ProjectRole = (typeof projectRoles)[number]

/** Creates a project in an account that is ready for it. */
export async function createProject(
  { context, db, person, body, telling }: Call<'projects.create'>,
  account: Account,
): Promise<Project> {
  needReady(account, `creating project '${body.name}'`)
  await needGroups(
    context.directory,
    body.spec.groups.map((group) => group.groupId),
  )
  const project = await insertResource(db, {
    ...{ kind: 'Project', name: body.name, accountId: account.id, projectId: null },
    ...{ spec: body.spec, status: firstStatus<'Project'>({}), createdBy: person },
  })
  await addReconcile(db, 'Project', project.id)
  await events.created(telling, person, 'CreateProject', project)
  return project
}

/** Changes what a project wants; its stack follows. */
export async function updateProject(
  { context, db, person, body, telling }: Call<'projects.update'>,
  project: Project,
): Promise<Project> {
  const spec = projectSpec.parse({ ...project.spec, ...definedOf(body.spec) })
  if (changesGroups(project, body.spec.groups))
    await needGroups(
      context.directory,
      spec.groups.map((group) => group.groupId),
    )
  const changed = await updateSpec<'Project'>(db, project, body.generation, spec)
  await addReconcile(db, 'Project', project.id)
  const fields = Object.keys(definedOf(body.spec)).join(', ')
  await events.acted(telling, person, 'UpdateProject', changed, `changed ${fields || 'nothing'}`)
  return changed
}

const definedOf = (partial: object) =>
  Object.fromEntries(Object.entries(partial).filter(([, value]) => value !== undefined))

/** Whether a change would let other people in, or take a role away. */
export function changesGroups(project: Project, groups: Project['spec']['groups'] | undefined): boolean {
  const marks = (list: Project['spec']['groups']) =>
    list
      .map((group) => `${group.groupId} ${group.role}`)
      .sort()
      .join()
  return groups !== undefined && marks(groups) !== marks(project.spec.groups)
}

/** Tears a project down that nothing lives in any more: endpoints, data and workspaces use its roles. */
export async function deleteProject(
  { db, person, telling }: Call<'projects.delete'>,
  project: Project,
): Promise<Project> {
  const living = (
    await Promise.all(
      (['Deployment', 'Workspace', 'DataSource'] as const).map((kind) =>
        findResources(db, kind, sql<boolean>`project_id = ${project.id}`),
      ),
    )
  ).flat()
  if (living.length > 0)
    throw new PlatformError(
      'conflict',
      `deleting project '${project.name}': first delete ${living.map((each) => `${each.kind} '${each.name}'`).join(', ')}`,
    )
  const marked = await markForDeletion(db, 'Project', project.id)
  await addReconcile(db, 'Project', project.id)
  await events.deletionRequested(telling, person, 'DeleteProject', project)
  return marked
}

/** People in the project's groups, direct members only, each with all of their roles. */
export async function membersOf(directory: Directory, project: Project): Promise<Member[]> {
  const members = new Map<string, Member>()
  for (const { groupId, role } of project.spec.groups) {
    const [group, people] = await Promise.all([directory.group(groupId), directory.membersOf(groupId)])
    for (const person of people ?? []) {
      const member = members.get(person.oid) ?? { ...person, roles: [], groups: [] }
      if (!member.roles.includes(role)) member.roles.push(role)
      member.groups.push({ id: groupId, name: group?.displayName ?? groupId })
      members.set(person.oid, member)
    }
  }
  return [...members.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

export interface Member {
  oid: string
  name: string
  userPrincipalName: string
  roles: ProjectRole[]
  groups: { id: string; name: string }[]
}

/** The roles that someone holds in the project right now, asked of Entra anew. */
export async function rolesOf(directory: Directory, project: Project, oid: string): Promise<Set<ProjectRole>> {
  const groups = await directory.groupsOf(oid, { fresh: true })
  return new Set(project.spec.groups.filter((group) => groups.has(group.groupId)).map((group) => group.role))
}

/** The account around a project's resource. */
export const accountOf = (db: Db, resource: { accountId: string | null }) =>
  needResource(db, 'Account', resource.accountId ?? '')

/** @throws PlatformError not-ready, or conflict while it is being deleted */
export function needReady(resource: Account | Project, doing: string): void {
  const { kind, name, status, deletionRequestedAt } = resource
  if (deletionRequestedAt) throw new PlatformError('conflict', `${doing}: ${kind} '${name}' is being deleted`)
  if (status.phase !== 'Ready' && status.observedGeneration === 0)
    throw new PlatformError(
      'not-ready',
      `${doing}: ${kind} '${name}' is ${status.phase}, not Ready; wait for its run to end`,
    )
}
