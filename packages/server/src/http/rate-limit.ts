import { PlatformError } from '@uais/contract'

/**
 * A token bucket per caller: `perMinute` requests on average, a quarter of that at once. Kept in this process: with N
 * replicas the limit is N-fold, which is still a limit.
 */
export function createRateLimit(perMinute: number, now: () => number = Date.now) {
  const burst = Math.max(10, Math.ceil(perMinute / 4))
  const buckets = new Map<string, { tokens: number; at: number }>()
  return {
    /** @throws PlatformError rate-limited */
    take(caller: string): void {
      if (buckets.size > 50_000) buckets.clear()
      const time = now()
      const bucket = buckets.get(caller) ?? { tokens: burst, at: time }
      const tokens = Math.min(burst, bucket.tokens + ((time - bucket.at) / 60_000) * perMinute)
      if (tokens < 1)
        throw new PlatformError('rate-limited', 'taking the request: too many in a short time; wait half a minute')
      buckets.set(caller, { tokens: tokens - 1, at: time })
    },
  }
}

export type RateLimit = ReturnType<typeof createRateLimit>
