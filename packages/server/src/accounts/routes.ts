import type { Handlers } from '../access/route.ts'
import { visibleAccounts } from '../access/visible.ts'
import { listResources } from '../resources/list.ts'
import {
  createAccount,
  deleteAccount,
  pauseAccount,
  probe,
  provisionAccount,
  resumeAccount,
  updateAccount,
} from './accounts.ts'
import { bootstrapOf } from './bootstrap.ts'

export const accountRoutes = {
  'accounts.list': {
    on: 'Platform',
    handle: ({ db, viewer, query }) => listResources(db, 'Account', visibleAccounts(viewer), query),
  },
  'accounts.create': { on: 'Platform', handle: createAccount },
  'accounts.read': { on: 'Account', handle: async (_call, account) => account },
  'accounts.update': { on: 'Account', handle: updateAccount },
  'accounts.delete': { on: 'Account', handle: deleteAccount },
  'accounts.bootstrap': {
    on: 'Account',
    handle: ({ context, db }, account) => bootstrapOf(db, context.config, account),
  },
  'accounts.probe': {
    on: 'Account',
    outside: true,
    handle: async ({ context }, account) => ({ probes: await probe(context.db, account) }),
  },
  'accounts.provision': { on: 'Account', outside: true, handle: provisionAccount },
  'accounts.pause': { on: 'Account', handle: pauseAccount },
  'accounts.resume': { on: 'Account', handle: resumeAccount },
} satisfies Partial<Handlers>
