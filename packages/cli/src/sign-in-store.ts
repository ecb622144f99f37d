import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const stored = z.record(z.string(), z.object({ token: z.string(), expiresAt: z.string() }))
type Stored = z.infer<typeof stored>

/** Tokens by server, in a file only its owner can read. A file that cannot be understood counts as none. */
export function readToken(file: string, server: string): string | undefined {
  const entry = read(file)[server]
  return entry && Date.parse(entry.expiresAt) > Date.now() ? entry.token : undefined
}

export function writeToken(file: string, server: string, token: string, expiresAt: string): void {
  write(file, { ...read(file), [server]: { token, expiresAt } })
}

export function forgetToken(file: string, server: string): void {
  const { [server]: forgotten, ...rest } = read(file)
  if (Object.keys(rest).length === 0) rmSync(file, { force: true })
  else if (forgotten) write(file, rest)
}

/** A new file each time: one that was there before may be open to others, and a half-written one would be lost. */
function write(file: string, tokens: Stored): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const next = `${file}.${process.pid}`
  writeFileSync(next, JSON.stringify(tokens), { mode: 0o600 })
  renameSync(next, file)
}

function read(file: string): Stored {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
