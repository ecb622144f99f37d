import type { Call } from '../../kernel/operation.ts'

/** When a resource that was made or changed now leaves its pending state, as ISO 8601. */
export function readyAt(call: Call): string {
  return new Date(call.now.getTime() + call.settleMs).toISOString()
}

export function isReady(row: { readyAt: string }, now: Date): boolean {
  return now.toISOString() >= row.readyAt
}
