import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** Initialises the backend and installs the providers. @returns the AWS provider's version as the lock file has it. */
export async function init(context: StepContext): Promise<{ provider: string | null }> {
  const result = await command(context, 'init', ['init', '-input=false', '-json'])
  if (result.code !== 0) throw new StepError('init', result)
  const selected = trustInstalled(context.directory.module)
  return { provider: selected === undefined ? null : lockedProvider(selected) }
}

/**
 * Takes the hashes out of a lock file that `init` has just written, in a directory that only we write to: with them,
 * each later command reads and hashes the whole provider again (700 MB; ADR 0009), to learn that it is what it was.
 * @returns what `init` selected, or undefined where there is no lock file
 */
export function trustInstalled(module: string): string | undefined {
  const lockFile = join(module, '.terraform.lock.hcl')
  if (!existsSync(lockFile)) return undefined
  const selected = readFileSync(lockFile, 'utf8').replace(/^ *hashes = \[[^\]]*\]\n/gm, '')
  writeFileSync(lockFile, selected)
  return selected
}

/** Reads what `init` selected; the registry's host differs between Terraform and OpenTofu ("Dependency Lock File"). */
function lockedProvider(lockFile: string): string | null {
  const version = /^provider "[^"]+\/hashicorp\/aws" \{\s+version\s+=\s+"([^"]+)"/m.exec(lockFile)?.[1]
  return version ? `hashicorp/aws v${version}` : null
}
