import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** Initialises the backend and installs the providers. @returns the AWS provider's version as the lock file has it. */
export async function init(context: StepContext): Promise<{ provider: string | null }> {
  const result = await command(context, 'init', ['init', '-input=false', '-json'])
  if (result.code !== 0) throw new StepError('init', result)
  const lockFile = join(context.directory.module, '.terraform.lock.hcl')
  return { provider: existsSync(lockFile) ? lockedProvider(readFileSync(lockFile, 'utf8')) : null }
}

/** Reads what `init` selected; the registry's host differs between Terraform and OpenTofu ("Dependency Lock File"). */
function lockedProvider(lockFile: string): string | null {
  const version = /^provider "[^"]+\/hashicorp\/aws" \{\s+version\s+=\s+"([^"]+)"/m.exec(lockFile)?.[1]
  return version ? `hashicorp/aws v${version}` : null
}
