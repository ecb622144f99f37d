import { sql } from 'kysely'
import type { Handlers } from '../access/route.ts'
import { visibleProjects } from '../access/visible.ts'
import { listAudit } from '../audit/audit.ts'
import { readLineage } from '../lineage/lineage.ts'
import { pageOfArray } from '../resources/array-page.ts'
import { listResources } from '../resources/list.ts'
import { changesGroups, createProject, deleteProject, membersOf, updateProject } from './projects.ts'

export const projectRoutes = {
  'projects.list': {
    on: 'Platform',
    handle: ({ db, viewer, query }) => {
      const inAccount = query.accountId ? sql`account_id = ${query.accountId}` : sql`true`
      return listResources(db, 'Project', sql<boolean>`${visibleProjects(viewer)} and ${inAccount}`, query)
    },
  },
  'projects.create': {
    on: 'Account',
    id: ({ body }) => body.spec.accountId,
    handle: createProject,
  },
  'projects.read': { on: 'Project', handle: async (_call, project) => project },
  'projects.update': {
    on: 'Project',
    decideWith: ({ body }, { resource }) => ({
      changesGroups: resource?.kind === 'Project' && changesGroups(resource, body.spec.groups),
    }),
    handle: updateProject,
  },
  'projects.delete': { on: 'Project', handle: deleteProject },
  'projects.members': {
    on: 'Project',
    handle: async ({ context, query }, project) =>
      pageOfArray(
        await membersOf(context.directory, project),
        query,
        (member) => member.oid,
        (member) => `${member.name} ${member.userPrincipalName}`,
      ),
  },
  'projects.activity': {
    on: 'Project',
    handle: ({ db, query }, project) => listAudit(db, sql<boolean>`project_id = ${project.id}`, query),
  },
  'projects.lineage': { on: 'Project', handle: ({ db }, project) => readLineage(db, project.id) },
} satisfies Partial<Handlers>
