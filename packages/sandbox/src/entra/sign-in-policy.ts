// Not by the package's door, which warns on the console of every Node before 22; the suite shows that 20 does.
import { base, Check, Prompt } from 'oidc-provider/lib/helpers/interaction_policy/index.js'
import type { DirectoryStore } from './directory-store.ts'

/** Asks again where the browser's session is older than revokeSignInSessions, or the account is disabled. */
export function signInPolicy(directory: DirectoryStore) {
  const policy = base()
  policy.get('login')?.checks.add(
    new Check('session_revoked', 'The session was revoked', (context) => {
      const { accountId, loginTs } = context.oidc.session ?? {}
      if (!accountId || !loginTs) return Check.NO_NEED_TO_PROMPT
      const revoked = loginTs * 1000 < directory.validFrom(accountId).getTime() - 999 || !directory.enabled(accountId)
      return revoked ? Check.REQUEST_PROMPT : Check.NO_NEED_TO_PROMPT
    }),
  )
  // Native apps would be asked for consent each time; the tenant's administrator has given it.
  policy.get('consent')?.checks.remove('native_client_prompt')
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 0)
  return policy
}
