import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '@uais/devstack'
import { type Figure, figure, secondsOf } from './figure.ts'

const rounds = 3

/** Seconds from `npm start`'s command to a ready /healthz: with an empty data directory, then with its data. */
export async function startTimes(): Promise<{ cold: Figure; warm: Figure }> {
  const cold: number[] = []
  const warm: number[] = []
  for (let round = 0; round < rounds; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), 'uais-bench-'))
    cold.push(await timeOne(dataDir))
    warm.push(await timeOne(dataDir))
    rmSync(dataDir, { recursive: true, force: true })
  }
  return { cold: figure('s', cold), warm: figure('s', warm) }
}

async function timeOne(dataDir: string): Promise<number> {
  const [portal, aws, entra] = await Promise.all([freePort(), freePort(), freePort()])
  const env = {
    ...process.env,
    UAIS_DATA_DIR: dataDir,
    UAIS_PORT: String(portal),
    UAIS_SANDBOX_PORT: String(aws),
    UAIS_ENTRA_PORT: String(entra),
  }
  let child: ChildProcess | undefined
  const seconds = await secondsOf(async () => {
    child = spawn(process.execPath, ['--import', 'tsx', 'packages/devstack/src/start.ts'], { env, stdio: 'ignore' })
    await healthy(`http://127.0.0.1:${portal}/healthz`, child)
  })
  const ended = new Promise((resolve) => child?.once('exit', resolve))
  child?.kill('SIGTERM')
  await ended
  return seconds
}

async function healthy(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    const answer = await fetch(url).catch(() => undefined)
    if (answer?.ok) return
    if (child.exitCode !== null) throw new Error(`measuring the start: it ended with status ${child.exitCode}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
