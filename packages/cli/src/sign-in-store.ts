import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const stored = z.record(z.string(), z.object({ token: z.string(), expiresAt: z.string() }))

/** Tokens by server, in a file only its owner can read. A file that cannot be understood counts as none. */
export function readToken(file: string, server: string): string | undefined {
  const entry = read(file)[server]
  return entry && Date.parse(entry.expiresAt) > Date.now() ? entry.token : undefined
}

export function writeToken(file: string, server: string, token: string, expiresAt: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  writeFileSync(file, JSON.stringify({ ...read(file), [server]: { token, expiresAt } }), { mode: 0o600 })
}

export function forgetToken(file: string, server: string): void {
  const { [server]: _, ...rest } = read(file)
  if (Object.keys(rest).length === 0) rmSync(file, { force: true })
  else writeFileSync(file, JSON.stringify(rest), { mode: 0o600 })
}

function read(file: string): z.infer<typeof stored> {
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return {}
  }
}
