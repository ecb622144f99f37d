import { StepError } from '../step-error.ts'
import { command, type StepContext } from '../terraform.ts'

/** Initialises the backend and installs the providers. @returns the AWS provider's version as the lock file has it. */
export async function init(context: StepContext): Promise<{ provider: string | null }> {
  const result = await command(context, 'init', ['init', '-input=false', '-json'])
  if (result.code !== 0) throw new StepError('init', result)
  const version = await command({ ...context, onProgress: () => {} }, 'version', ['version', '-json'])
  if (version.code !== 0) throw new StepError('version', version)
  const { provider_selections: selected } = JSON.parse(version.stdout) as {
    provider_selections?: Record<string, string>
  }
  const aws = Object.entries(selected ?? {}).find(([name]) => name.endsWith('/hashicorp/aws'))
  return { provider: aws ? `hashicorp/aws v${aws[1]}` : null }
}
