import TopNavigation from '@cloudscape-design/components/top-navigation'
import { useRouter } from '@tanstack/react-router'
import type { Session } from '@uais/contract'
import { useState } from 'react'
import { client } from '../api/client.ts'
import { paths } from '../paths.ts'
import { currentMode, toggleMode } from './mode.ts'

const roleNames = { admin: 'Platform administrator', reviewer: 'Review board', auditor: 'Auditor' }

function describe(session: Session): string {
  const roles = [
    ...session.platformRoles.map((role) => roleNames[role]),
    ...(session.ownsAccounts.length ? ['Data owner'] : []),
  ]
  return roles.join(', ') || session.person.userPrincipalName
}

export function TopBar({ session }: { session: Session | undefined }) {
  const [mode, setMode] = useState(currentMode())
  const router = useRouter()
  async function signOut() {
    await client.call('session.end')
    window.location.assign(paths.home)
  }
  return (
    <TopNavigation
      identity={{
        href: paths.home,
        title: 'United AI Studio',
        onFollow: (event) => {
          event.preventDefault()
          void router.navigate({ href: paths.home })
        },
      }}
      utilities={[
        {
          type: 'button',
          text: mode === 'dark' ? 'Light mode' : 'Dark mode',
          onClick: () => setMode(toggleMode()),
        },
        ...(session
          ? [
              {
                type: 'menu-dropdown' as const,
                text: session.person.name,
                description: describe(session),
                iconName: 'user-profile' as const,
                items: [{ id: 'sign-out', text: 'Sign out' }],
                onItemClick: () => void signOut(),
              },
            ]
          : []),
      ]}
    />
  )
}
