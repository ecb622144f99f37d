import pg from 'pg'
import type { Logger } from '../logger.ts'

export interface Listener {
  /** Resolves when `payload` is notified, after `milliseconds` at the latest, or at once when `signal` is aborted. */
  next(payload: string, milliseconds: number, signal: AbortSignal): Promise<void>
  stop(): Promise<void>
}

/**
 * Follows one NOTIFY channel on a connection of its own. A lost connection is made anew; whoever waits meanwhile only
 * waits longer, since notifications are a hint to look and never the news itself.
 */
export function createListener(url: string, channel: string, log: Logger): Listener {
  const waiting = new Map<string, Set<() => void>>()
  let client: pg.Client | undefined
  let stopped = false
  let retry: NodeJS.Timeout | undefined

  const connect = async () => {
    const fresh = new pg.Client({ connectionString: url })
    fresh.on('error', (error) => log.warn({ err: error, channel }, 'listening connection lost'))
    fresh.on('end', () => {
      if (client === fresh) client = undefined
      if (!stopped) retry = setTimeout(() => void connect(), 1000)
    })
    fresh.on('notification', ({ payload }) => {
      for (const wake of waiting.get(payload ?? '') ?? []) wake()
    })
    try {
      await fresh.connect()
      await fresh.query(`listen ${pg.escapeIdentifier(channel)}`)
      client = fresh
    } catch (error) {
      log.warn({ err: error, channel }, 'listening')
      await fresh.end().catch(() => {})
    }
  }
  const connecting = connect()

  return {
    next(payload, milliseconds, signal) {
      if (signal.aborted) return Promise.resolve()
      return new Promise((resolve) => {
        const wakers = waiting.get(payload) ?? new Set()
        waiting.set(payload, wakers)
        const wake = () => {
          clearTimeout(timer)
          signal.removeEventListener('abort', wake)
          wakers.delete(wake)
          if (wakers.size === 0) waiting.delete(payload)
          resolve()
        }
        const timer = setTimeout(wake, milliseconds)
        signal.addEventListener('abort', wake, { once: true })
        wakers.add(wake)
      })
    },
    async stop() {
      stopped = true
      clearTimeout(retry)
      await connecting
      await client?.end().catch(() => {})
    },
  }
}
