import { sql } from 'kysely'
import type { Handlers } from '../access/route.ts'
import { listResources } from '../resources/list.ts'
import { configurations } from './configurations.ts'
import { createDeployment, deleteDeployment } from './deployments.ts'

export const deploymentRoutes = {
  'deployment-configurations.list': { on: 'Platform', handle: async () => ({ items: configurations() }) },
  'deployments.list': {
    on: 'Project',
    handle: ({ db, query }, project) =>
      listResources(db, 'Deployment', sql<boolean>`project_id = ${project.id}`, query),
  },
  'deployments.create': { on: 'Project', handle: createDeployment },
  'deployments.read': { on: 'Deployment', handle: async (_call, deployment) => deployment },
  'deployments.delete': { on: 'Deployment', handle: deleteDeployment },
} satisfies Partial<Handlers>
