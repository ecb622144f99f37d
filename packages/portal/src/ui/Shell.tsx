import AppLayout from '@cloudscape-design/components/app-layout'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { PlatformError } from '@uais/contract'
import { useEffect } from 'react'
import { rememberCsrfToken } from '../api/client.ts'
import { useRead } from '../api/queries.ts'
import { SessionProvider } from '../api/session.tsx'
import { ErrorAlert } from './ErrorAlert.tsx'
import { Navigation } from './Navigation.tsx'
import { NotificationsProvider, useFlashbar, useNotifications } from './notifications.tsx'
import { SignedOutPage } from './SignedOutPage.tsx'
import { TopBar } from './TopBar.tsx'
import { useOnline } from './use-online.ts'

const labels = {
  navigation: 'Pages',
  navigationClose: 'Close the list of pages',
  navigationToggle: 'Open the list of pages',
  notifications: 'Messages',
}

/** Frame of every page: who is signed in, where one can go, messages. Nothing is shown to anybody unknown. */
export function Shell() {
  const session = useRead('session.read', {}, 60_000)
  if (session.data) rememberCsrfToken(session.data.csrfToken)
  if (session.error instanceof PlatformError && session.error.code === 'not-signed-in') return <SignedOutPage />
  return (
    <NotificationsProvider>
      <div id="top-bar">
        <TopBar session={session.data} />
      </div>
      {session.data ? (
        <SessionProvider session={session.data}>
          <Frame />
        </SessionProvider>
      ) : (
        session.error && <ErrorAlert error={session.error} onRetry={() => void session.refetch()} />
      )}
    </NotificationsProvider>
  )
}

function Frame() {
  const flashbar = useFlashbar()
  const { forgetErrors } = useNotifications()
  const online = useOnline()
  const path = useRouterState({ select: (state) => state.location.pathname })
  // A new page begins at its top, where its heading is.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the path changes
  useEffect(() => {
    window.scrollTo(0, 0)
    forgetErrors()
  }, [path])
  return (
    <AppLayout
      headerSelector="#top-bar"
      toolsHide
      ariaLabels={labels}
      navigation={<Navigation />}
      notifications={flashbar}
      content={
        <>
          {online ? null : <ErrorAlert error={new TypeError('offline')} />}
          <Outlet />
        </>
      }
    />
  )
}
