import { existsSync } from 'node:fs'
import type { Credentials } from '../aws/session.ts'
import type { TerraformSettings } from './settings.ts'

/**
 * The whole environment of a terraform child. Nothing is inherited: the worker's own secrets stay with it, and
 * AWS_CA_BUNDLE must be absent (the AWS provider fails with it when configured twice in a process).
 */
export function childEnvironment(
  settings: TerraformSettings,
  workDir: string,
  cliConfigFile: string,
  aws: { credentials: Credentials; region: string; endpointUrl?: string | undefined } | undefined,
): Record<string, string> {
  const operators = settings.cliConfigFile && existsSync(settings.cliConfigFile) ? settings.cliConfigFile : undefined
  return {
    ...settings.inherit,
    PATH: settings.searchPath,
    HOME: workDir,
    TF_CLI_CONFIG_FILE: operators ?? cliConfigFile,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    CHECKPOINT_DISABLE: '1',
    // A command lives for seconds, and most of what it holds is the provider's schema: collecting less often costs 45 MB
    // and saves a quarter of its processor time (ADR 0009).
    GOGC: '400',
    ...(aws
      ? {
          AWS_ACCESS_KEY_ID: aws.credentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: aws.credentials.secretAccessKey,
          AWS_SESSION_TOKEN: aws.credentials.sessionToken,
          AWS_REGION: aws.region,
          AWS_EC2_METADATA_DISABLED: 'true',
          ...(aws.endpointUrl ? { AWS_ENDPOINT_URL: aws.endpointUrl } : {}),
        }
      : {}),
  }
}
