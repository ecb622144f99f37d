import { api, type Run, type RunLogLine, urlOf } from '@uais/contract'
import { useEffect, useState } from 'react'

const maxLines = 5_000

/**
 * Follows a run by server-sent events. The browser reconnects by itself with Last-Event-ID, so no line is lost;
 * lines that arrive twice are dropped by their number.
 */
export function useLiveRun(initial: Run): { run: Run; lines: RunLogLine[]; connected: boolean } {
  const [run, setRun] = useState(initial)
  const [lines, setLines] = useState<RunLogLine[]>([])
  const [connected, setConnected] = useState(false)
  useEffect(() => {
    const source = new EventSource(urlOf(api['runs.events'], { id: initial.id }))
    source.onopen = () => setConnected(true)
    source.onerror = () => setConnected(false)
    source.addEventListener('run', (event) => {
      const next = JSON.parse(event.data) as Run
      setRun(next)
      if (next.endedAt) source.close()
    })
    source.addEventListener('log', (event) => {
      const line = JSON.parse(event.data) as RunLogLine
      setLines((current) =>
        current.length && line.seq <= (current.at(-1)?.seq ?? 0) ? current : [...current, line].slice(-maxLines),
      )
    })
    return () => source.close()
  }, [initial.id])
  return { run, lines, connected }
}
