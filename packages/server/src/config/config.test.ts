import { describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { type Env, readEnv } from './env.ts'

const good: Env = {
  DATABASE_URL: 'postgres://uais@127.0.0.1:5432/uais',
  UAIS_ENTRA_ISSUER: 'http://127.0.0.1:4567/11111111-2222-3333-4444-555555555555/v2.0',
  UAIS_ENTRA_CLIENT_ID: 'uais-portal',
  UAIS_ENTRA_CLIENT_SECRET: 'secret',
  UAIS_ADMIN_GROUP: 'c0000000-0000-4000-8000-000000000001',
  UAIS_REVIEWER_GROUP: 'c0000000-0000-4000-8000-000000000002',
  UAIS_AUDITOR_GROUP: 'c0000000-0000-4000-8000-000000000003',
  UAIS_PLATFORM_ACCOUNT_ID: '200000000002',
  UAIS_PLATFORM_REGION: 'eu-west-1',
  UAIS_STATE_BUCKET: 'uais-state-200000000002',
  UAIS_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
}

describe('loadConfig', () => {
  it('fills defaults and reads the tenant from the issuer', () => {
    const config = loadConfig(good)
    expect(config).toMatchObject({ port: 8080, origin: 'http://127.0.0.1:8080', sessionHours: 8, logLevel: 'info' })
    expect(config.entra.tenantId).toBe('11111111-2222-3333-4444-555555555555')
    expect(config.secrets.encryptionKey).toHaveLength(32)
  })

  it('lists every fault at once, by the name of its variable', () => {
    const bad: Env = { ...good, UAIS_PLATFORM_ACCOUNT_ID: '12', UAIS_PORT: 'http', UAIS_ENCRYPTION_KEY: 'c2hvcnQ=' }
    delete bad.DATABASE_URL
    expect(() => loadConfig(bad)).toThrow(
      /DATABASE_URL: is missing[\s\S]*UAIS_ENCRYPTION_KEY: must be 32 bytes[\s\S]*UAIS_PORT: must be a number[\s\S]*UAIS_PLATFORM_ACCOUNT_ID: an AWS account id has 12 digits/,
    )
  })

  it('refuses an issuer for any tenant, which would let people of other organisations in', () => {
    const common = { ...good, UAIS_ENTRA_ISSUER: 'https://login.microsoftonline.com/common/v2.0' }
    expect(() => loadConfig(common)).toThrow(/UAIS_ENTRA_ISSUER: must hold the tenant id/)
  })

  it('repeats no secret in its complaint', () => {
    const bad = { ...good, UAIS_ENCRYPTION_KEY: 'not-long-enough', DATABASE_URL: 'mysql://u:hunter2@host/x' }
    const complaint = complaintOf(() => loadConfig(bad))
    expect(complaint).toContain('DATABASE_URL')
    expect(complaint).not.toMatch(/hunter2|not-long-enough/)
  })
})

describe('readEnv', () => {
  it('takes only what the server reads, and an empty value counts as absent', () => {
    expect(readEnv({ DATABASE_URL: 'postgres://x', UAIS_PORT: '', SHELL: '/bin/sh' })).toEqual({
      DATABASE_URL: 'postgres://x',
    })
  })
})

function complaintOf(act: () => unknown): string {
  try {
    act()
  } catch (error) {
    return String(error)
  }
  throw new Error('expected a complaint')
}
