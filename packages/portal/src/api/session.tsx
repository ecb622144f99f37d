import type { Session } from '@uais/contract'
import { createContext, type ReactNode, useContext } from 'react'

const SessionContext = createContext<Session | null>(null)

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>
}

/** The signed-in person. Only used below the shell, which renders nothing without a session. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('reading the session outside the signed-in part of the portal')
  return session
}
