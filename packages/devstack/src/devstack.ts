import { join, resolve } from 'node:path'
import { type Entra, groupId, type Sandbox, startEntra, startSandbox } from '@uais/sandbox'
import { loadConfig, startApi, startWorker } from '@uais/server'
import { buildPortal } from './portal.ts'
import { freePort, startPostgres } from './postgres/postgres.ts'
import { type InstallationSecrets, installationSecrets } from './settings.ts'

export interface DevstackOptions {
  dataDir: string
  /** 0 chooses a free port. */
  ports: { portal: number; aws: number; entra: number }
  logLevel?: string
  /** An external PostgreSQL instead of the embedded one. */
  databaseUrl?: string
  /** false leaves the portal out (API tests). */
  withPortal?: boolean
  /** false leaves the worker out (API tests). */
  withWorker?: boolean
  /** Told what is being started, for a person who waits. */
  progress?: (what: string) => void
  /** Further variables for the server's configuration, e.g. UAIS_TERRAFORM. */
  env?: Record<string, string | undefined>
}

export interface Devstack {
  urls: { portal: string; aws: string; entra: string }
  sandbox: Sandbox
  entra: Entra
  /** Stops everything in the order that loses nothing. */
  stop(): Promise<void>
}

/**
 * Sandbox, Entra, database, API and worker in this process, on 127.0.0.1. The server gets nothing but URLs and
 * secrets, as it would from a real installation: it cannot know that AWS and Entra are a sandbox.
 */
export async function startDevstack(options: DevstackOptions): Promise<Devstack> {
  // The pinned SDK runs on this Node; its notice about later versions is for whoever changes the pins.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const dataDir = resolve(options.dataDir)
  const say = options.progress ?? (() => undefined)
  const stops: (() => Promise<void>)[] = []
  const started = async <T>(what: string, start: () => Promise<T>, stop: (value: T) => Promise<void>): Promise<T> => {
    say(what)
    const value = await start()
    stops.unshift(() => stop(value))
    return value
  }
  const stop = async () => {
    for (const each of stops.splice(0)) await each()
  }
  try {
    const secrets = installationSecrets(dataDir)
    const portalPort = options.ports.portal || (await freePort())
    const origin = `http://127.0.0.1:${portalPort}`
    const [sandbox, entra, databaseUrl, portalDir] = await Promise.all([
      started(
        'AWS sandbox',
        () => startSandbox({ port: options.ports.aws, host: '127.0.0.1', dataDir: join(dataDir, 'aws') }),
        (it) => it.stop(),
      ),
      started(
        'Entra tenant',
        () =>
          startEntra({
            port: options.ports.entra,
            dataDir: join(dataDir, 'entra'),
            portalOrigins: [origin],
            clientSecret: secrets.entraClientSecret,
          }),
        (it) => it.stop(),
      ),
      options.databaseUrl ??
        started(
          'database',
          () => startPostgres({ dataDir: join(dataDir, 'postgres') }),
          (it) => it.stop(),
        ).then((it) => it.url),
      options.withPortal === false ? undefined : buildPortal(),
    ])
    const configOf = (role: 'uais-api' | 'uais-worker') =>
      loadConfig({
        ...(options.env ?? process.env),
        ...serverEnvironment({ dataDir, portalPort, origin, secrets, sandbox, entra, databaseUrl, portalDir }),
        UAIS_LOG_LEVEL: options.logLevel ?? 'warn',
        UAIS_AWS_CREDENTIALS_URL: `${sandbox.url}/_sandbox/container-credentials/platform/${role}`,
      })
    await started(
      'API',
      () => startApi(configOf('uais-api')),
      (it) => it.stop(),
    )
    if (options.withWorker !== false)
      await started(
        'worker',
        () => startWorker(configOf('uais-worker')),
        (it) => it.stop(),
      )
    return { urls: { portal: origin, aws: sandbox.url, entra: entra.url }, sandbox, entra, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

interface Parts {
  dataDir: string
  portalPort: number
  origin: string
  secrets: InstallationSecrets
  sandbox: Sandbox
  entra: Entra
  databaseUrl: string
  portalDir: string | undefined
}

/** The configuration of this installation, in the server's own variables: what a real one would set. */
function serverEnvironment({ dataDir, portalPort, origin, secrets, sandbox, entra, databaseUrl, portalDir }: Parts) {
  return {
    DATABASE_URL: databaseUrl,
    UAIS_PORT: String(portalPort),
    UAIS_ORIGIN: origin,
    UAIS_DATA_DIR: dataDir,
    ...(portalDir ? { UAIS_PORTAL_DIR: portalDir } : {}),
    UAIS_BOOTSTRAP_NOTE:
      'In the sandbox, “npm run bootstrap -- <account name>” applies this file as the account’s administrator, with the real Terraform.',
    UAIS_ENTRA_ISSUER: entra.issuer,
    UAIS_ENTRA_CLIENT_ID: 'uais-portal',
    UAIS_ENTRA_CLIENT_SECRET: secrets.entraClientSecret,
    UAIS_GRAPH_URL: entra.graphUrl,
    UAIS_ADMIN_GROUP: groupId('uais-admins'),
    UAIS_REVIEWER_GROUP: groupId('mlrb-reviewers'),
    UAIS_AUDITOR_GROUP: groupId('auditors'),
    UAIS_PLATFORM_ACCOUNT_ID: '200000000002',
    UAIS_PLATFORM_REGION: 'eu-west-1',
    AWS_ENDPOINT_URL: sandbox.url,
    UAIS_STATE_BUCKET: 'uais-state-200000000002',
    UAIS_ENCRYPTION_KEY: secrets.encryptionKey,
  }
}
