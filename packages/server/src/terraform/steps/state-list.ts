import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** `data.` at the root or within modules; a module may be named `data` itself. */
const isDataSource = (address: string) => /^(module\.[^.[]+(\[[^\]]*\])?\.)*data\./.test(address)

/** Addresses of the managed resources in the state. */
export async function stateList(context: StepContext): Promise<string[]> {
  const result = await command({ ...context, onProgress: () => {} }, 'state-list', ['state', 'list'])
  if (result.code !== 0) throw new StepError('state-list', result)
  return result.stdout.split('\n').filter((address) => address !== '' && !isDataSource(address))
}
