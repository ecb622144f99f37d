import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'
import { type Outputs, outputsOf } from './output.ts'

/**
 * Applies exactly the stored plan; Terraform refuses it when the state has moved on since.
 * @returns the outputs, where Terraform told them
 */
export async function apply(context: StepContext, planFile: Buffer): Promise<Outputs | undefined> {
  const file = join(context.directory.path, 'plan.tfplan')
  writeFileSync(file, planFile, { mode: 0o600 })
  const result = await command(context, 'apply', ['apply', '-input=false', '-json', '-lock-timeout=30s', file])
  if (result.code !== 0) throw new StepError('apply', result)
  return outputsOf(result.stdout)
}
