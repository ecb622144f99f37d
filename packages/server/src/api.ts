import type { AddressInfo } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { loadPolicies } from './access/cedar.ts'
import { addApi } from './access/pipeline.ts'
import type { Config } from './config/config.ts'
import { createContext } from './context.ts'
import { createListener } from './db/listen.ts'
import { migrate } from './db/migrate.ts'
import { createSignIn } from './entra/oidc.ts'
import { createTokenCheck } from './entra/token.ts'
import { createRateLimit, type RateLimit } from './http/rate-limit.ts'
import { createServer } from './http/server.ts'
import { handlers } from './routes.ts'
import { runChannel } from './runs/run-log.ts'
import { authenticate } from './sessions/authenticate.ts'
import { createCookies } from './sessions/cookies.ts'
import type { SignedIn } from './sessions/sessions.ts'
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
      addSignIn(scope, { context, cookies, signIn, tokens: createTokenCheck(config, signIn), limit })
      const whoCalls = limitCallers(limit, (request) => authenticate(context.db, cookies, config.origin, request))
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

/** People are limited each on their own; who is nobody yet, by address, so that guessing tokens is slow. */
function limitCallers(limit: RateLimit, find: (request: FastifyRequest) => Promise<SignedIn>) {
  return async (request: FastifyRequest) => {
    const signedIn = await find(request).catch((error: unknown) => {
      limit.take(request.ip)
      throw error
    })
    limit.take(signedIn.person.oid)
    return signedIn
  }
}
