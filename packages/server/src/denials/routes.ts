import { sql } from 'kysely'
import type { Handlers } from '../access/route.ts'
import { listDenials } from './denials.ts'

export const denialRoutes = {
  'accounts.denials': {
    on: 'Account',
    handle: ({ db, query }, account) => listDenials(db, sql<boolean>`account_id = ${account.id}`, query),
  },
  'projects.denials': {
    on: 'Project',
    handle: ({ db, query }, project) => listDenials(db, sql<boolean>`project_id = ${project.id}`, query),
  },
} satisfies Partial<Handlers>
