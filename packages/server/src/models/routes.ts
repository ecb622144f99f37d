import { sql } from 'kysely'
import type { Handlers } from '../access/route.ts'
import { ask } from '../resources/ask.ts'
import { listResources } from '../resources/list.ts'

/** Models and their versions are read here; they appear from the SageMaker registry by event and sweep. */
export const modelRoutes = {
  'models.list': {
    on: 'Project',
    handle: ({ db, query }, project) => listResources(db, 'Model', sql<boolean>`project_id = ${project.id}`, query),
  },
  'model-versions.list': {
    on: 'Project',
    handle: ({ db, query }, project) =>
      listResources(db, 'ModelVersion', sql<boolean>`project_id = ${project.id}`, query),
  },
  'model-versions.read': { on: 'ModelVersion', handle: async (_call, version) => version },
  'models.sweep': {
    on: 'Project',
    outside: true,
    handle: async ({ context }, project) =>
      ask<'sweep-models', { found: number }>(context.db, 'sweep-models', { projectId: project.id }),
  },
} satisfies Partial<Handlers>
