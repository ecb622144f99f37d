import type { Handlers } from '../access/route.ts'
import { accountOwned } from '../access/visible.ts'
import { listFindings } from './findings.ts'

export const findingRoutes = {
  'findings.list': {
    on: 'Platform',
    handle: ({ db, viewer, query }) => listFindings(db, accountOwned(viewer, 'finding.account_id'), query),
  },
} satisfies Partial<Handlers>
