import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar'
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react'
import { wordsFor } from '../api/errors.ts'

interface Notifications {
  items: FlashbarProps.MessageDefinition[]
  succeeded(message: string): void
  failed(error: unknown): void
  /** Forgets errors: they were about a page that is no longer shown. */
  forgetErrors(): void
}

const NotificationsContext = createContext<Notifications | null>(null)

/** Messages above the page; errors stay until dismissed, successes leave after a while. */
export function NotificationsProvider({ children }: { children: ReactNode }) {
  const [items, setItems] = useState<FlashbarProps.MessageDefinition[]>([])
  const show = useCallback((message: FlashbarProps.MessageDefinition) => {
    const id = crypto.randomUUID()
    const dismiss = () => setItems((current) => current.filter((item) => item.id !== id))
    setItems((current) => [
      ...current,
      { ...message, id, dismissible: true, dismissLabel: 'Dismiss the message', onDismiss: dismiss },
    ])
    if (message.type === 'success') setTimeout(dismiss, 8_000)
  }, [])
  const value = useMemo<Notifications>(
    () => ({
      items,
      succeeded: (content) => show({ type: 'success', content }),
      failed: (error) => {
        const words = wordsFor(error)
        show({ type: 'error', header: words.title, content: words.message })
      },
      forgetErrors: () => setItems((current) => current.filter((item) => item.type !== 'error')),
    }),
    [items, show],
  )
  return <NotificationsContext value={value}>{children}</NotificationsContext>
}

export function useNotifications(): Notifications {
  const notifications = useContext(NotificationsContext)
  if (!notifications) throw new Error('notifying outside the shell')
  return notifications
}

export function useFlashbar(): ReactNode {
  return <Flashbar items={useNotifications().items} />
}
