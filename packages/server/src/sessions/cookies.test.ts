import { afterEach, describe, expect, it, vi } from 'vitest'
import { seal, unseal } from './cookies.ts'

const key = Buffer.alloc(32, 1)
const pending = { state: 's', nonce: 'n', verifier: 'v', returnTo: '/projects' }

describe('the sign-in cookie', () => {
  afterEach(() => vi.useRealTimers())

  it('gives back what was sealed', () => {
    expect(unseal(key, seal(key, pending))).toEqual(pending)
  })

  it('hides the PKCE verifier', () => {
    const sealed = Buffer.from(seal(key, { ...pending, verifier: 'find-me' }), 'base64url').toString('latin1')
    expect(sealed).not.toContain('find-me')
  })

  it('refuses what was changed, what another key sealed, and nonsense', () => {
    const sealed = Buffer.from(seal(key, pending), 'base64url')
    sealed[sealed.length - 1]! ^= 1
    expect(unseal(key, sealed.toString('base64url'))).toBeUndefined()
    expect(unseal(Buffer.alloc(32, 2), seal(key, pending))).toBeUndefined()
    for (const nonsense of ['', 'x', '{"state":"s"}']) expect(unseal(key, nonsense)).toBeUndefined()
  })

  it('ends after ten minutes', () => {
    vi.useFakeTimers()
    const sealed = seal(key, pending)
    vi.advanceTimersByTime(601_000)
    expect(unseal(key, sealed)).toBeUndefined()
  })
})
