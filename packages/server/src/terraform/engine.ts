import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { PlatformError } from '@uais/contract'
import type { TerraformSettings } from './settings.ts'

const exec = promisify(execFile)

/** The binary that runs stacks, as it reports itself. */
export interface Engine {
  binary: string
  /** `Terraform v1.11.4` or `OpenTofu v1.10.0` */
  title: string
}

/** S3 state locking without DynamoDB, `use_lockfile`, came with 1.10 of both. */
const leastMinor = 10

/** @throws PlatformError not-ready when there is no binary, or it is too old. */
export async function discoverEngine(settings: TerraformSettings): Promise<Engine> {
  const binary = settings.binary ?? onPath(settings.searchPath, ['terraform', 'tofu'])
  if (!binary)
    throw new PlatformError(
      'not-ready',
      'looking for Terraform: neither terraform nor tofu is on PATH; install one (1.10 or later), or name it in UAIS_TERRAFORM',
    )
  const { stdout } = await exec(binary, ['version'], {
    timeout: 20_000,
    env: { PATH: settings.searchPath, CHECKPOINT_DISABLE: '1' },
  }).catch((cause: unknown) => {
    throw new PlatformError('not-ready', `asking '${binary}' for its version: ${(cause as Error).message}`, { cause })
  })
  const title = /^(?:Terraform|OpenTofu) v(\d+)\.(\d+)\.\S+/m.exec(stdout)
  if (!title) throw new PlatformError('not-ready', `'${binary}' is neither Terraform nor OpenTofu: it did not say so`)
  if (Number(title[1]) === 1 && Number(title[2]) < leastMinor)
    throw new PlatformError(
      'not-ready',
      `${title[0]} cannot lock state in S3: version 1.${leastMinor} or later is needed`,
    )
  return { binary, title: title[0] }
}

function onPath(searchPath: string, names: readonly string[]): string | undefined {
  for (const name of names)
    for (const dir of searchPath.split(delimiter)) {
      const path = join(dir, name)
      if (dir && existsSync(path)) return path
    }
  return undefined
}
