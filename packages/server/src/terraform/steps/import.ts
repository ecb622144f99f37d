import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** Takes one live resource into the state. */
export async function importResource(context: StepContext, address: string, id: string): Promise<void> {
  const result = await command(context, 'import', [
    'import',
    '-input=false',
    '-no-color',
    '-lock-timeout=30s',
    address,
    id,
  ])
  if (result.code !== 0) throw new StepError('import', result)
}
