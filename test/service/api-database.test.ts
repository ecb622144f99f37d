import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Postgres, startPostgres } from '@uais/devstack'
import { loadConfig, startApi } from '@uais/server'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'

const scratch = mkdtempSync(join(tmpdir(), 'uais-database-'))
let postgres: Postgres
let pool: pg.Pool
beforeAll(async () => {
  postgres = await startPostgres({ dataDir: join(scratch, 'db'), fast: true })
  pool = new pg.Pool({ connectionString: postgres.url })
  // The server is stopped below, while connections of this pool are idle.
  pool.on('error', () => undefined)
})
afterAll(async () => {
  await pool.end()
  await postgres.stop()
  rmSync(scratch, { recursive: true, force: true })
})

const config = (change: Record<string, string> = {}) =>
  loadConfig({
    ...{ DATABASE_URL: postgres.url, UAIS_PORT: '0', UAIS_LOG_LEVEL: 'silent', UAIS_DATA_DIR: scratch },
    ...{ UAIS_ENTRA_ISSUER: 'http://127.0.0.1:9/11111111-2222-3333-4444-555555555555/v2.0' },
    ...{ UAIS_ENTRA_CLIENT_ID: 'x', UAIS_ENTRA_CLIENT_SECRET: 'x', UAIS_STATE_BUCKET: 'uais-state-200000000002' },
    ...{ UAIS_PLATFORM_ACCOUNT_ID: '200000000002', UAIS_PLATFORM_REGION: 'eu-west-1' },
    UAIS_ADMIN_GROUP: '0a2d0000-0000-4000-8000-000000000001',
    UAIS_REVIEWER_GROUP: '0a2d0000-0000-4000-8000-000000000007',
    UAIS_AUDITOR_GROUP: '0a2d0000-0000-4000-8000-000000000008',
    UAIS_ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    ...change,
  })

it('three replicas that start at once on an empty database agree on one schema', async () => {
  const replicas = await Promise.all([startApi(config()), startApi(config()), startApi(config())])
  for (const { url } of replicas) expect((await fetch(`${url}/healthz`)).status).toBe(200)
  const { rows } = await pool.query('select name from schema_migration order by name')
  expect(rows[0]).toEqual({ name: '0001-start.sql' })
  await Promise.all(replicas.map((replica) => replica.stop()))
})

it('the API starts while Entra is away, and says so at sign-in', async () => {
  const api = await startApi(config())
  const answer = await fetch(`${api.url}/auth/sign-in`, { redirect: 'manual' })
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ code: 'directory-unavailable' })
  await api.stop()
})

it('health tells when the schema is not the one of this build', async () => {
  const api = await startApi(config())
  const { rows } = await pool.query(`delete from schema_migration where name = '0002-answers.sql' returning *`)
  const answer = await fetch(`${api.url}/healthz`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toEqual({
    status: 'unhealthy',
    wrong: 'the database lacks the migrations 0002-answers.sql',
  })
  await pool.query('insert into schema_migration (name, sha256, at) values ($1, $2, $3)', Object.values(rows[0]))
  await api.stop()
})

it('refuses to start on a schema whose migration was edited afterwards', async () => {
  await pool.query(`update schema_migration set sha256 = 'other' || sha256 where name = '0001-start.sql'`)
  await expect(startApi(config())).rejects.toThrow(/'0001-start.sql' was edited after it was applied/)
  await pool.query(`update schema_migration set sha256 = substr(sha256, 6) where name = '0001-start.sql'`)
})

it('refuses to start without a database, with the reason', async () => {
  await expect(startApi(config({ DATABASE_URL: 'postgres://nobody:x@127.0.0.1:9/none' }))).rejects.toThrow(
    /ECONNREFUSED/,
  )
})

it('survives a restart of the database', async () => {
  const api = await startApi(config())
  await postgres.stop()
  expect((await fetch(`${api.url}/healthz`)).status).toBe(503)
  const again = await startPostgres({ dataDir: join(scratch, 'db'), fast: true, port: postgres.port })
  postgres = again
  await expect.poll(async () => (await fetch(`${api.url}/healthz`)).status, { timeout: 10_000 }).toBe(200)
  await api.stop()
})
