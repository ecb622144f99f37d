import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** The root module's outputs. Sensitive ones are left out: a status is no place for secrets. */
export async function output(context: StepContext): Promise<Record<string, unknown>> {
  const result = await command({ ...context, onProgress: () => {} }, 'output', ['output', '-json'])
  if (result.code !== 0) throw new StepError('output', result)
  const outputs = JSON.parse(result.stdout) as Record<string, { sensitive: boolean; value: unknown }>
  return Object.fromEntries(
    Object.entries(outputs)
      .filter(([, output]) => !output.sensitive)
      .map(([name, output]) => [name, output.value]),
  )
}
