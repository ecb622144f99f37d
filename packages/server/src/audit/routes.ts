import type { Handlers } from '../access/route.ts'
import { accountOwned } from '../access/visible.ts'
import { listAudit } from './audit.ts'

export const auditRoutes = {
  'audit.list': {
    on: 'Platform',
    handle: ({ db, viewer, query }) => listAudit(db, accountOwned(viewer, 'audit.account_id'), query),
  },
} satisfies Partial<Handlers>
