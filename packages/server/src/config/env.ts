/** The variables that the server reads. The only place that knows their names; `config.ts` says what they mean. */
const variables = [
  'DATABASE_URL',
  'UAIS_HOST',
  'UAIS_PORT',
  'UAIS_ORIGIN',
  'UAIS_LOG_LEVEL',
  'UAIS_DATA_DIR',
  'UAIS_PORTAL_DIR',
  'UAIS_BOOTSTRAP_NOTE',
  'UAIS_METRICS_TOKEN',
  'UAIS_REQUESTS_PER_MINUTE',
  'UAIS_SESSION_HOURS',
  'UAIS_ENTRA_ISSUER',
  'UAIS_ENTRA_CLIENT_ID',
  'UAIS_ENTRA_CLIENT_SECRET',
  'UAIS_ENTRA_CLI_CLIENT_ID',
  'UAIS_ENTRA_API_AUDIENCE',
  'UAIS_GRAPH_URL',
  'UAIS_ADMIN_GROUP',
  'UAIS_REVIEWER_GROUP',
  'UAIS_AUDITOR_GROUP',
  'UAIS_PLATFORM_ACCOUNT_ID',
  'UAIS_PLATFORM_REGION',
  'UAIS_PLATFORM_PARTITION',
  'AWS_ENDPOINT_URL',
  'UAIS_STATE_BUCKET',
  'UAIS_STATE_KEY',
  'UAIS_AWS_CREDENTIALS_URL',
  'UAIS_TERRAFORM',
  'UAIS_TF_MIRROR',
  'UAIS_TF_CONCURRENCY',
  'TF_PLUGIN_DIR',
  'TF_CLI_CONFIG_FILE',
  'PATH',
  'HOME',
  'XDG_DATA_HOME',
  'XDG_DATA_DIRS',
  'HTTPS_PROXY',
  'NO_PROXY',
  'UAIS_WORKER_CONCURRENCY',
  'UAIS_ENCRYPTION_KEY',
] as const

type Variable = (typeof variables)[number]
export type Env = Partial<Record<Variable, string>>

/** The process's environment, cut down to what the server reads; an empty value counts as absent. */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const env: Env = {}
  for (const name of variables) if (source[name]) env[name] = source[name]
  return env
}
