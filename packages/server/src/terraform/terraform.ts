import type { Credentials } from '../aws/session.ts'
import { type CommandResult, runCommand } from './child.ts'
import { discoverEngine, type Engine } from './engine.ts'
import { childEnvironment } from './environment.ts'
import { type ProgressLine, parseMessage, progressOf } from './messages.ts'
import type { TerraformSettings } from './settings.ts'
import { Slots } from './slots.ts'
import type { WorkDirectory } from './work-directory.ts'

/** What every step of a run is given. */
export interface StepContext {
  engine: Engine
  directory: WorkDirectory
  /** Fresh for each step: a platform session outlives no run. */
  environment: Readonly<Record<string, string>>
  slots: Slots
  onProgress?: (line: ProgressLine) => void
  signal?: AbortSignal
  graceMs?: number
}

/** The door to Terraform: its engine, and how many of it may run. */
export interface TerraformDoor {
  settings: TerraformSettings
  engine(): Promise<Engine>
  /** `aws` is left out only where a stack needs no provider. */
  step(
    directory: WorkDirectory,
    options: {
      aws?: { credentials: Credentials; region: string; endpointUrl?: string | undefined }
      onProgress?: (line: ProgressLine) => void
      signal?: AbortSignal
      graceMs?: number
    },
  ): Promise<StepContext>
}

export function createTerraformDoor(settings: TerraformSettings): TerraformDoor {
  const slots = new Slots(settings.concurrency)
  let engine: Promise<Engine> | undefined
  const known = () => {
    engine ??= discoverEngine(settings).catch((error) => {
      engine = undefined // installed since: look again
      throw error
    })
    return engine
  }
  return {
    settings,
    engine: known,
    async step(directory, { aws, ...options }) {
      const environment = childEnvironment(settings, directory.path, directory.cliConfigFile, aws)
      return { engine: await known(), directory, environment, slots, ...options }
    },
  }
}

/** One terraform command in the run's directory, within the limit of processes. */
export function command(context: StepContext, step: string, args: readonly string[]): Promise<CommandResult> {
  const { onProgress, signal, graceMs } = context
  return context.slots.hold(
    () =>
      runCommand({
        binary: context.engine.binary,
        args,
        cwd: context.directory.module,
        workDir: context.directory.path,
        env: context.environment,
        step,
        ...(onProgress
          ? {
              onLine: (line: string) => {
                const progress = progressOf(parseMessage(line), step)
                if (progress) onProgress(progress)
              },
            }
          : {}),
        ...(signal ? { signal } : {}),
        ...(graceMs === undefined ? {} : { graceMs }),
      }),
    signal,
  )
}
