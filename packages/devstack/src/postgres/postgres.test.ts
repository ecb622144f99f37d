import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { startPostgres } from './postgres.ts'
import { isAlive } from './process.ts'

const scratch = mkdtempSync(join(tmpdir(), 'uais-postgres-'))
afterAll(() => rmSync(scratch, { recursive: true, force: true }))

/** Speaks just enough to know that PostgreSQL answers: pg itself belongs to the server package. */
const answers = async (port: number) => {
  const { connect } = await import('node:net')
  return new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    // SSLRequest (PostgreSQL, "Message Formats"): the server says 'S' or 'N'.
    socket.once('connect', () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])))
    socket.once('data', (data) => {
      socket.destroy()
      resolve(data.toString())
    })
    socket.once('error', reject)
  })
}
const tsx = import.meta.resolve('tsx')
const pidOf = (dataDir: string) => Number(readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n')[0])

describe('startPostgres', { timeout: 60_000 }, () => {
  it('makes the database under a 0700 parent, stops, and starts again with the same password', async () => {
    const parent = join(scratch, 'private')
    mkdirSync(parent, { mode: 0o700 })
    const dataDir = join(parent, 'db')
    const first = await startPostgres({ dataDir })
    expect(await answers(first.port)).toBe('N')
    expect(statSync(`${dataDir}.password`).mode & 0o777).toBe(0o600)
    await first.stop()
    expect(existsSync(join(dataDir, 'postmaster.pid'))).toBe(false)
    const second = await startPostgres({ dataDir })
    expect(new URL(second.url).password).toBe(new URL(first.url).password)
    await second.stop()
  })

  it('takes over from a server whose starter was killed', async () => {
    const dataDir = join(scratch, 'orphan')
    const starter = new URL('./postgres.ts', import.meta.url).href
    const file = join(scratch, 'starter.mts')
    writeFileSync(
      file,
      `import { startPostgres } from '${starter}'
       await startPostgres({ dataDir: '${dataDir}' })
       process.kill(process.pid, 'SIGKILL')`,
    )
    const killed = spawnSync(process.execPath, ['--import', tsx, file], { encoding: 'utf8' })
    expect(killed.signal).toBe('SIGKILL')
    const orphan = pidOf(dataDir)
    expect(isAlive(orphan)).toBe(true)
    const next = await startPostgres({ dataDir })
    expect(isAlive(orphan)).toBe(false)
    expect(await answers(next.port)).toBe('N')
    await next.stop()
  })

  it('removes a postmaster.pid that names a process of someone else', async () => {
    const dataDir = join(scratch, 'stale')
    await (await startPostgres({ dataDir })).stop()
    writeFileSync(join(dataDir, 'postmaster.pid'), `${process.pid}\n${dataDir}\n1\n5432\n`)
    const again = await startPostgres({ dataDir })
    expect(pidOf(dataDir)).not.toBe(process.pid)
    await again.stop()
    expect(isAlive(process.pid)).toBe(true)
  })

  it('says what is wrong when the port is taken', async () => {
    const holder = await startPostgres({ dataDir: join(scratch, 'holder') })
    await expect(startPostgres({ dataDir: join(scratch, 'late'), port: holder.port })).rejects.toThrow(
      /starting the database on .*late, port \d+: .*(in use|not bind)/s,
    )
    await holder.stop()
  })

  it('does not start over a database whose password is gone', async () => {
    const dataDir = join(scratch, 'lost')
    await (await startPostgres({ dataDir })).stop()
    rmSync(`${dataDir}.password`)
    await expect(startPostgres({ dataDir })).rejects.toThrow(/password file .* is gone/)
  })
})
