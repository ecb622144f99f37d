import type { AddressInfo } from 'node:net'
import { loadPolicies } from './access/cedar.ts'
import { addApi } from './access/pipeline.ts'
import type { Config } from './config/config.ts'
import { createContext } from './context.ts'
import { createListener } from './db/listen.ts'
import { migrate } from './db/migrate.ts'
import { createSignIn } from './entra/oidc.ts'
import { createTokenCheck } from './entra/token.ts'
import { createRateLimit } from './http/rate-limit.ts'
import { createServer } from './http/server.ts'
import { handlers } from './routes.ts'
import { runChannel } from './runs/run-log.ts'
import { authenticate } from './sessions/authenticate.ts'
import { createCookies } from './sessions/cookies.ts'
import { addSignIn } from './sessions/sign-in.ts'

export interface RunningApi {
  /** Where it listens, e.g. `http://127.0.0.1:8080`. */
  url: string
  /** Ends open streams, answers what is being answered, closes the database. */
  stop: () => Promise<void>
}

/** Starts the API: brings the schema up to date, checks the policies, listens. @throws Error when any of it does not hold */
export async function startApi(config: Config): Promise<RunningApi> {
  const context = createContext(config, 'api')
  const stopping = new AbortController()
  const runs = createListener(config.secrets.databaseUrl, runChannel, context.log)
  const close = async () => {
    await runs.stop()
    await context.stop()
  }
  try {
    const { applied } = await migrate(context.database)
    if (applied.length > 0) context.log.info({ applied }, 'database migrated')
    const policies = loadPolicies()
    const signIn = createSignIn(config)
    const cookies = createCookies(config)
    const limit = createRateLimit(config.requestsPerMinute)
    const app = await createServer(config, context.log, context.database, (scope) => {
      scope.addHook('onRequest', async (request) => limit.take(request.ip))
      addSignIn(scope, { context, cookies, signIn, tokens: createTokenCheck(config, signIn) })
      const whoCalls = async (request: Parameters<typeof authenticate>[3]) => {
        const signedIn = await authenticate(context.db, cookies, config.origin, request)
        limit.take(signedIn.person.oid)
        return signedIn
      }
      addApi(scope, { context, policies, authenticate: whoCalls, stopping: stopping.signal, runs }, handlers)
    })
    await app.listen({ host: config.host, port: config.port })
    const { port } = app.server.address() as AddressInfo
    const url = `http://${config.host}:${port}`
    context.log.info({ url }, 'api listening')
    const stop = async () => {
      stopping.abort()
      await app.close()
      await close()
    }
    return { url, stop }
  } catch (error) {
    await close()
    throw error
  }
}
