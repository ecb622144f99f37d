import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, test, vi } from 'vitest'
import { openIssuedStore } from './issued-store.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'issued-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

test('what was issued outlives the process, until its time is over', async () => {
  let store = openIssuedStore(dataDir)
  await store.adapter('Session').upsert('s', { uid: 'u', accountId: 'a' }, 60)
  await store.adapter('DeviceCode').upsert('d', { userCode: 'ABC', grantId: 'g' }, 60)
  await store.adapter('Grant').upsert('g', { accountId: 'a' })
  store.close()
  store = openIssuedStore(dataDir)
  expect(await store.adapter('Session').findByUid('u')).toMatchObject({ accountId: 'a' })
  expect(await store.adapter('DeviceCode').findByUserCode('ABC')).toMatchObject({ grantId: 'g' })
  expect(await store.adapter('Session').find('d')).toBeUndefined()
  vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] })
  expect(await store.adapter('Session').find('s')).toBeUndefined()
  expect(await store.adapter('DeviceCode').findByUserCode('ABC')).toBeUndefined()
  expect(await store.adapter('Grant').find('g')).toMatchObject({ accountId: 'a' })
  vi.useRealTimers()
  store.close()
})

test('codes are used once, and go with their grant', async () => {
  const store = openIssuedStore(dataDir)
  const codes = store.adapter('AuthorizationCode')
  await codes.upsert('c', { grantId: 'g' }, 60)
  await codes.upsert('other', { grantId: 'h' }, 60)
  await codes.consume('c')
  expect((await codes.find('c'))?.consumed).toBeGreaterThan(Date.now() / 1000 - 60)
  await codes.revokeByGrantId('g')
  expect(await codes.find('c')).toBeUndefined()
  expect(await codes.find('other')).toEqual({ grantId: 'h' })
  await codes.destroy('other')
  expect(await codes.find('other')).toBeUndefined()
  store.close()
})

test('the tenant starts and stops without a word on the console', () => {
  const entra = fileURLToPath(new URL('./entra.ts', import.meta.url))
  const options = {
    port: 0,
    dataDir: join(dataDir, 'tenant'),
    portalOrigins: ['http://127.0.0.1:1'],
    clientSecret: 's',
  }
  const program = `import(${JSON.stringify(entra)}).then(async ({ startEntra }) => (await startEntra(${JSON.stringify(options)})).stop())`
  const run = spawnSync(process.execPath, ['--import', 'tsx', '-e', program], { encoding: 'utf8', timeout: 60_000 })
  expect([run.status, run.stdout, run.stderr]).toEqual([0, '', ''])
})
