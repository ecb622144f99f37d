import { sql } from 'kysely'
import type { Handlers } from '../access/route.ts'
import { visibleExceptions } from '../access/visible.ts'
import { listResources } from '../resources/list.ts'
import { approve, reject, requestInAccount, requestInProject, revoke } from './exceptions.ts'

export const exceptionRoutes = {
  'exceptions.list': {
    on: 'Platform',
    handle: ({ db, viewer, query }) => listResources(db, 'Exception', visibleExceptions(viewer), query),
  },
  'accounts.exceptions': {
    on: 'Account',
    handle: ({ db, viewer, query }, account) =>
      listResources(
        db,
        'Exception',
        sql<boolean>`(account_id = ${account.id} and ${visibleExceptions(viewer)})`,
        query,
      ),
  },
  'exceptions.create': { on: 'Account', handle: requestInAccount },
  'exceptions.create-in-project': { on: 'Project', handle: requestInProject },
  'exceptions.read': { on: 'Exception', handle: async (_call, exception) => exception },
  'exceptions.approve': { on: 'Exception', handle: approve },
  'exceptions.reject': { on: 'Exception', handle: reject },
  'exceptions.revoke': { on: 'Exception', handle: revoke },
} satisfies Partial<Handlers>
