import { type PrintedOutputs, parseMessage } from '../messages.ts'
import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** Values of a root module's outputs by name. */
export type Outputs = Record<string, unknown>

/** The root module's outputs, read from its state. */
export async function output(context: StepContext): Promise<Outputs> {
  const result = await command({ ...context, onProgress: () => {} }, 'output', ['output', '-json'])
  if (result.code !== 0) throw new StepError('output', result)
  return withoutSecrets(JSON.parse(result.stdout) as PrintedOutputs)
}

/** The outputs that an apply ended with, if it told them: reading them from the state takes seconds. */
export function outputsOf(applied: string): Outputs | undefined {
  const line = applied
    .trimEnd()
    .split('\n')
    .findLast((one) => one.includes('"type":"outputs"'))
  const { outputs } = parseMessage(line ?? '')
  return outputs ? withoutSecrets(outputs) : undefined
}

/** Sensitive ones are left out: a status is no place for secrets. */
function withoutSecrets(printed: PrintedOutputs): Outputs {
  return Object.fromEntries(
    Object.entries(printed)
      .filter(([, { sensitive }]) => !sensitive)
      .map(([name, { value }]) => [name, value]),
  )
}
