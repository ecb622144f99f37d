import { useSession } from '../../api/session.tsx'

export interface AccountAccess {
  owns: boolean
  administers: boolean
  /** Owner, administrator or auditor: sees counterexamples, refused calls and documents. */
  oversees: boolean
  /** May have the live documents proved. */
  proves: boolean
}

/** What this person may do with an account, so that nobody is offered what the server would refuse. */
export function useAccountAccess(accountId: string): AccountAccess {
  const { ownsAccounts, platformRoles } = useSession()
  const owns = ownsAccounts.includes(accountId)
  const administers = platformRoles.includes('admin')
  return {
    owns,
    administers,
    oversees: owns || administers || platformRoles.includes('auditor'),
    proves: owns || administers,
  }
}
