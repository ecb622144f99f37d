import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

export type PlanMode = 'apply' | 'destroy' | 'refresh-only'

const flagOf: Record<PlanMode, string[]> = { apply: [], destroy: ['-destroy'], 'refresh-only': ['-refresh-only'] }

/**
 * Plans into a file. @returns the file's bytes, and whether there is anything to do (exit status 2).
 * @param targets addresses that the plan is limited to, with what depends on them; none = everything
 */
export async function plan(
  context: StepContext,
  mode: PlanMode,
  targets: readonly string[] = [],
): Promise<{ file: Buffer; changes: boolean }> {
  const out = join(context.directory.path, 'plan.tfplan')
  const result = await command(context, 'plan', [
    'plan',
    '-input=false',
    '-json',
    '-detailed-exitcode',
    '-lock-timeout=30s',
    `-out=${out}`,
    ...flagOf[mode],
    ...targets.map((address) => `-target=${address}`),
  ])
  if (result.code !== 0 && result.code !== 2) throw new StepError('plan', result)
  return { file: readFileSync(out), changes: result.code === 2 }
}
