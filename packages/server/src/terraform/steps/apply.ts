import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** Applies exactly the stored plan; Terraform refuses it when the state has moved on since. */
export async function apply(context: StepContext, planFile: Buffer): Promise<void> {
  const file = join(context.directory.path, 'plan.tfplan')
  writeFileSync(file, planFile, { mode: 0o600 })
  const result = await command(context, 'apply', ['apply', '-input=false', '-json', '-lock-timeout=30s', file])
  if (result.code !== 0) throw new StepError('apply', result)
}
