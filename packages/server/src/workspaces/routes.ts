import { sql } from 'kysely'
import type { Handlers } from '../access/route.ts'
import { listResources } from '../resources/list.ts'
import { createWorkspace, deleteWorkspace, openWorkspace } from './workspaces.ts'

export const workspaceRoutes = {
  'workspaces.list': {
    on: 'Project',
    handle: ({ db, query }, project) => listResources(db, 'Workspace', sql<boolean>`project_id = ${project.id}`, query),
  },
  'workspaces.create': {
    on: 'Project',
    decideWith: ({ body, person }) => ({ forOneself: (body.spec.memberOid ?? person.oid) === person.oid }),
    handle: createWorkspace,
  },
  'workspaces.read': { on: 'Workspace', handle: async (_call, workspace) => workspace },
  'workspaces.open': { on: 'Workspace', outside: true, handle: openWorkspace },
  'workspaces.delete': { on: 'Workspace', handle: deleteWorkspace },
} satisfies Partial<Handlers>
