import Button, { type ButtonProps } from '@cloudscape-design/components/button'
import { useRouter } from '@tanstack/react-router'

/** A button that goes to another page of the portal. */
export function AppButton({ to, ...button }: ButtonProps & { to: string }) {
  const router = useRouter()
  return (
    <Button
      {...button}
      href={to}
      onFollow={(event) => {
        event.preventDefault()
        void router.navigate({ href: to })
      }}
    />
  )
}
