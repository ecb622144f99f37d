import { sql } from 'kysely'
import type { Handlers } from '../access/route.ts'
import { pageOfArray } from '../resources/array-page.ts'
import { listResources } from '../resources/list.ts'
import { createDataSource, deleteDataSource, grantUpload, objectsOf } from './data-sources.ts'

export const dataSourceRoutes = {
  'data-sources.list': {
    on: 'Project',
    handle: ({ db, query }, project) =>
      listResources(db, 'DataSource', sql<boolean>`project_id = ${project.id}`, query),
  },
  'data-sources.create': {
    on: 'Project',
    decideWith: ({ body }) => ({ source: body.spec.source }),
    handle: createDataSource,
  },
  'data-sources.read': { on: 'DataSource', handle: async (_call, source) => source },
  'data-sources.objects': {
    on: 'DataSource',
    handle: async (call, source) =>
      pageOfArray(
        await objectsOf(call, source),
        call.query,
        (object) => object.key,
        (object) => object.key,
      ),
  },
  'data-sources.upload': { on: 'DataSource', outside: true, handle: grantUpload },
  'data-sources.delete': { on: 'DataSource', handle: deleteDataSource },
} satisfies Partial<Handlers>
