import type { WhatIfReport } from '@uais/contract'
import { useEffect, useState } from 'react'
import { client } from '../../api/client.ts'

export interface WhatIfState {
  report: WhatIfReport | null
  error: unknown
  busy: boolean
  /** From sending to answer, in milliseconds. */
  tookMs: number
}

/** In milliseconds: long enough not to ask at every key. */
const pause = 350

/**
 * Asks which promises would break with one document's text, whenever that text comes to rest. An answer that is
 * overtaken by another keystroke is thrown away. Nothing is asked while `text` is null.
 */
export function useWhatIf(accountId: string, name: string, text: string | null): WhatIfState {
  const [state, setState] = useState<WhatIfState>({ report: null, error: null, busy: false, tookMs: 0 })
  useEffect(() => {
    const stop = new AbortController()
    if (text === null) {
      setState({ report: null, error: null, busy: false, tookMs: 0 })
      return
    }
    // What was said of an earlier text is not true of this one.
    setState({ report: null, error: null, busy: true, tookMs: 0 })
    const timer = setTimeout(async () => {
      const began = performance.now()
      try {
        const params = { id: accountId }
        const body = { documents: { [name]: text } }
        const report = await client.call('accounts.what-if', { params, body, signal: stop.signal })
        setState({ report, error: null, busy: false, tookMs: performance.now() - began })
      } catch (error) {
        if (!stop.signal.aborted) setState({ report: null, error, busy: false, tookMs: performance.now() - began })
      }
    }, pause)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [accountId, name, text])
  return state
}
