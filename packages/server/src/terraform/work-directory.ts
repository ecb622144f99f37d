import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { PlatformError } from '@uais/contract'
import { cliConfig, findProviderMirror } from './provider-mirror.ts'
import type { TerraformSettings } from './settings.ts'

/** Where the state of a stack lives: the platform's bucket, never the customer's role. */
export interface StateBackend {
  bucket: string
  key: string
  region: string
  kmsKeyId: string
  /** The backend refuses to work in any other account. */
  accountId: string
}

export interface WorkDirectory {
  /** Private directory of the run; holds output files and the proof of the running process. */
  path: string
  /** Directory of the root module. */
  module: string
  cliConfigFile: string
}

export const directoryOf = (settings: TerraformSettings, runId: string) => join(settings.workRoot, runId)

/** A fresh directory with the stack's sources, its variables and its backend; whatever an earlier try left is gone. */
export function makeWorkDirectory(
  settings: TerraformSettings,
  run: { id: string; stackKind: string; variables: Record<string, unknown>; backend: StateBackend | 'local' },
): WorkDirectory {
  const source = join(settings.sourceDir, 'stacks', run.stackKind)
  if (!existsSync(source))
    throw new PlatformError(
      'internal',
      `preparing the run: there is no stack '${run.stackKind}' in '${settings.sourceDir}'`,
    )
  const path = directoryOf(settings, run.id)
  rmSync(path, { recursive: true, force: true })
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const module = join(path, 'stacks', run.stackKind)
  cpSync(source, module, { recursive: true, filter: isSource })
  const modules = join(settings.sourceDir, 'modules')
  if (existsSync(modules)) cpSync(modules, join(path, 'modules'), { recursive: true, filter: isSource })
  const cliConfigFile = join(path, 'cli.tfrc')
  writeFileSync(cliConfigFile, cliConfig(findProviderMirror(settings)), { mode: 0o600 })
  writePrivate(join(module, 'terraform.tfvars.json'), run.variables)
  if (run.backend !== 'local') writePrivate(join(module, 'backend.tf.json'), backendBlock(run.backend))
  return { path, module, cliConfigFile }
}

/** Plans and variables may hold secrets: nothing of a run stays on disk. */
export function removeWorkDirectory(settings: TerraformSettings, runId: string): void {
  rmSync(directoryOf(settings, runId), { recursive: true, force: true })
}

/** State, caches and examples of a developer's checkout are no part of a stack. */
function isSource(path: string): boolean {
  const name = basename(path)
  return (
    name !== '.terraform' && name !== 'examples' && !/\.tfstate|\.tfvars|\.terraform\.lock\.hcl$|^tests?$/.test(name)
  )
}

const writePrivate = (file: string, value: object) =>
  writeFileSync(file, JSON.stringify(value, null, 2), { mode: 0o600 })

/** Terraform documentation, "Backend Type: s3"; `use_lockfile` writes `<key>.tflock` conditionally. */
function backendBlock(backend: StateBackend): object {
  return {
    terraform: {
      backend: {
        s3: {
          bucket: backend.bucket,
          key: backend.key,
          region: backend.region,
          encrypt: true,
          kms_key_id: backend.kmsKeyId,
          use_lockfile: true,
          allowed_account_ids: [backend.accountId],
        },
      },
    },
  }
}
