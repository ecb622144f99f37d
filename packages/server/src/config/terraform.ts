import { delimiter, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { TerraformSettings } from '../terraform/settings.ts'
import { type Env, readEnv } from './env.ts'

/** Variables of the run engine. Terraform's own names are kept where it has one, so that one setting serves both. */
export const terraformShape = {
  UAIS_TERRAFORM: z.string().optional(),
  UAIS_TF_MIRROR: z.string().optional(),
  UAIS_TF_CONCURRENCY: z.coerce.number({ error: 'must be a number' }).int().min(1).max(32).default(2),
  TF_PLUGIN_DIR: z.string().optional(),
  TF_CLI_CONFIG_FILE: z.string().optional(),
  PATH: z.string().default(''),
  HOME: z.string().optional(),
  XDG_DATA_HOME: z.string().optional(),
  XDG_DATA_DIRS: z.string().optional(),
  HTTPS_PROXY: z.string().optional(),
  NO_PROXY: z.string().optional(),
} satisfies Partial<Record<keyof Env, z.ZodType>>

export function terraformOf(env: z.output<z.ZodObject<typeof terraformShape>>, dataDir: string): TerraformSettings {
  const home = env.XDG_DATA_HOME ?? (env.HOME ? join(env.HOME, '.local', 'share') : undefined)
  const shared = (env.XDG_DATA_DIRS ?? '/usr/local/share:/usr/share').split(delimiter)
  return {
    sourceDir: fileURLToPath(new URL('../../../../terraform', import.meta.url)),
    workRoot: resolve(dataDir, 'runs'),
    concurrency: env.UAIS_TF_CONCURRENCY,
    binary: env.UAIS_TERRAFORM,
    mirror: env.UAIS_TF_MIRROR ?? env.TF_PLUGIN_DIR,
    cliConfigFile: env.TF_CLI_CONFIG_FILE,
    searchPath: env.PATH,
    home: env.HOME,
    dataDirs: [...(home ? [home] : []), ...shared],
    inherit: {
      ...(env.HTTPS_PROXY ? { HTTPS_PROXY: env.HTTPS_PROXY } : {}),
      ...(env.NO_PROXY ? { NO_PROXY: env.NO_PROXY } : {}),
    },
  }
}

/** The terraform door's settings alone, for work without a server: the owner's bootstrap, measurements. */
export function terraformSettings(dataDir: string, env: Env = readEnv()): TerraformSettings {
  return terraformOf(z.object(terraformShape).parse(env), dataDir)
}
