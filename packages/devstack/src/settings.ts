import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const shape = z.object({ encryptionKey: z.string(), entraClientSecret: z.string() })
export type InstallationSecrets = z.infer<typeof shape>

/** Secrets of this embedded installation, made at the first start and kept in the data directory (0600). */
export function installationSecrets(dataDir: string): InstallationSecrets {
  mkdirSync(dataDir, { recursive: true })
  const file = join(dataDir, 'secrets.json')
  try {
    return shape.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
      throw new Error(
        `reading ${file}: it is damaged. Restore it, or start with an empty data directory: the stored plans cannot be read without it.`,
        { cause: error },
      )
  }
  const secrets = {
    encryptionKey: randomBytes(32).toString('base64'),
    entraClientSecret: randomBytes(24).toString('base64url'),
  }
  writeFileSync(file, JSON.stringify(secrets), { mode: 0o600, flag: 'wx' })
  return secrets
}
