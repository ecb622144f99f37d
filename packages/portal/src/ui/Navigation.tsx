import SideNavigation, { type SideNavigationProps } from '@cloudscape-design/components/side-navigation'
import { useRouter, useRouterState } from '@tanstack/react-router'
import { useSession } from '../api/session.tsx'
import { paths } from '../paths.ts'

const link = (text: string, href: string): SideNavigationProps.Item => ({ type: 'link', text, href })

export function Navigation() {
  const router = useRouter()
  const path = useRouterState({ select: (state) => state.location.pathname })
  const { platformRoles, ownsAccounts } = useSession()
  const oversees = platformRoles.includes('admin') || platformRoles.includes('auditor') || ownsAccounts.length > 0
  const items = [
    link('Home', paths.home),
    link('Projects', paths.projects),
    link('Accounts', paths.accounts),
    link('Reviews', paths.reviews),
    link('Runs', paths.runs),
    link('Guardrails', paths.guardrails),
    link('Exceptions', paths.exceptions),
    ...(oversees ? [{ type: 'divider' } as const, link('Findings', paths.findings), link('Audit', paths.audit)] : []),
  ]
  const active = items
    .map((item) => ('href' in item ? item.href : ''))
    .filter((href) => href && (path === href || (href !== paths.home && path.startsWith(href))))
    .at(-1)
  return (
    <SideNavigation
      activeHref={active ?? ''}
      items={items}
      onFollow={(event) => {
        if (event.detail.external) return
        event.preventDefault()
        void router.navigate({ href: event.detail.href })
      }}
    />
  )
}
