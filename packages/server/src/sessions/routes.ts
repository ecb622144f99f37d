import type { Handlers } from '../access/route.ts'
import { ownedAccounts } from '../access/viewer.ts'
import * as events from '../events.ts'
import { endSignedIn } from './sessions.ts'

export const sessionRoutes = {
  'session.read': {
    on: 'Platform',
    handle: async ({ db, viewer, signedIn }) => ({
      person: signedIn.person,
      platformRoles: [...viewer.roles],
      ownsAccounts: await ownedAccounts(db, viewer),
      expiresAt: signedIn.expiresAt.toISOString(),
      csrfToken: signedIn.csrfToken ?? '',
    }),
  },
  'session.end': {
    on: 'Platform',
    handle: async ({ db, person, signedIn, telling }) => {
      await endSignedIn(db, signedIn)
      await events.signedOut(telling, person)
      return {}
    },
  },
} satisfies Partial<Handlers>
