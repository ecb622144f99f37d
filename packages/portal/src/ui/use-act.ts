import { useState } from 'react'
import { useForget } from '../api/queries.ts'
import { useNotifications } from './notifications.tsx'

/** Runs one act of a button: busy while it runs, errors as messages, everything read again afterwards. */
export function useAct(): { busy: boolean; act: (work: () => Promise<unknown>, done?: string) => Promise<boolean> } {
  const [busy, setBusy] = useState(false)
  const { failed, succeeded } = useNotifications()
  const forget = useForget()
  async function act(work: () => Promise<unknown>, done?: string): Promise<boolean> {
    setBusy(true)
    try {
      await work()
      if (done) succeeded(done)
      await forget()
      return true
    } catch (error) {
      failed(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { busy, act }
}
