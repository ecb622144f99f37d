import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

export type PlanMode = 'apply' | 'destroy' | 'refresh-only'

const flagOf: Record<PlanMode, string[]> = { apply: [], destroy: ['-destroy'], 'refresh-only': ['-refresh-only'] }

/** Plans into a file. @returns the file's bytes, and whether there is anything to do (exit status 2). */
export async function plan(context: StepContext, mode: PlanMode): Promise<{ file: Buffer; changes: boolean }> {
  const out = join(context.directory.path, 'plan.tfplan')
  const result = await command(context, 'plan', [
    'plan',
    '-input=false',
    '-json',
    '-detailed-exitcode',
    '-lock-timeout=30s',
    `-out=${out}`,
    ...flagOf[mode],
  ])
  if (result.code !== 0 && result.code !== 2) throw new StepError('plan', result)
  return { file: readFileSync(out), changes: result.code === 2 }
}
