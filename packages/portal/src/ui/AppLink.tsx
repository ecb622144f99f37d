import Link, { type LinkProps } from '@cloudscape-design/components/link'
import { useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'

interface AppLinkProps {
  to: string
  variant?: LinkProps.Variant
  children: ReactNode
}

/** A link inside the portal: a real href for the browser, a route change for a plain click. */
export function AppLink({ to, variant = 'secondary', children }: AppLinkProps) {
  const router = useRouter()
  return (
    <Link
      href={to}
      variant={variant}
      onFollow={(event) => {
        event.preventDefault()
        void router.navigate({ href: to })
      }}
    >
      {children}
    </Link>
  )
}
