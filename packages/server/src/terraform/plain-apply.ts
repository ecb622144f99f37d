import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Credentials } from '../aws/session.ts'
import { runCommand } from './child.ts'
import { discoverEngine } from './engine.ts'
import { childEnvironment } from './environment.ts'
import { cliConfig, findProviderMirror } from './provider-mirror.ts'
import type { TerraformSettings } from './settings.ts'
import { StepError } from './step-error.ts'

export interface PlainApply {
  /** Holds the `.tf` files; state and lock file are left in it. */
  directory: string
  credentials: Credentials
  region: string
  endpointUrl: string
  onLine?: (line: string) => void
}

/**
 * `terraform init` and `apply` in a directory, as somebody without UAIS would do it: no backend, no plan kept. For the
 * owner's bootstrap in rehearsals, and for comparing our runs with Terraform alone.
 * @throws StepError
 */
export async function plainApply(
  settings: TerraformSettings,
  { directory, credentials, region, endpointUrl, onLine }: PlainApply,
): Promise<void> {
  const engine = await discoverEngine(settings)
  const cliConfigFile = join(directory, 'cli.tfrc')
  writeFileSync(cliConfigFile, cliConfig(findProviderMirror(settings)), { mode: 0o600 })
  const env = childEnvironment(settings, directory, cliConfigFile, { credentials, region, endpointUrl })
  for (const [step, ...args] of [
    ['init', '-input=false', '-no-color'],
    ['apply', '-input=false', '-no-color', '-auto-approve'],
  ] as const) {
    const result = await runCommand({
      binary: engine.binary,
      args: [step, ...args],
      cwd: directory,
      workDir: directory,
      env,
      step,
      ...(onLine ? { onLine } : {}),
    })
    if (result.code !== 0) throw new StepError(step, result)
  }
}
