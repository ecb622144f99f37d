import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PlanJson } from '../plan-json.ts'
import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** A stored plan as JSON. Its output holds values in clear text: it is read, judged and never logged. */
export async function show(context: StepContext, planFile: Buffer): Promise<PlanJson> {
  const file = join(context.directory.path, 'plan.tfplan')
  writeFileSync(file, planFile, { mode: 0o600 })
  const result = await command({ ...context, onProgress: () => {} }, 'show', ['show', '-json', file])
  if (result.code !== 0) throw new StepError('show', result)
  return JSON.parse(result.stdout) as PlanJson
}
