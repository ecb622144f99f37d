import { PlatformError } from '@uais/contract'
import { expect, it } from 'vitest'
import { createRateLimit } from './rate-limit.ts'

it('lets a burst through, refuses what is over it, and lets more through as time goes by', () => {
  let time = 0
  const limit = createRateLimit(60, () => time)
  for (let i = 0; i < 15; i++) limit.take('ada')
  expect(() => limit.take('ada')).toThrow(PlatformError)
  expect(() => limit.take('sam')).not.toThrow()
  time += 1000
  expect(() => limit.take('ada')).not.toThrow()
  expect(() => limit.take('ada')).toThrow(/too many/)
})
