import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { control, controlPrefix } from './control.ts'
import { tenantId } from './directory.ts'
import { DirectoryStore } from './directory-store.ts'
import { deliverNotifications } from './graph/notify.ts'
import { type GraphContext, graph, graphPrefix } from './graph/router.ts'
import { sendJson } from './http.ts'
import { openIssuedStore } from './issued-store.ts'
import { loadKeys } from './keys.ts'
import { createProvider, mountRequest } from './provider.ts'
import { signIn } from './sign-in.ts'

export interface EntraOptions {
  /** 0 chooses a free port. */
  port: number
  host?: string
  dataDir: string
  /** Origins of the portal; each is allowed with every one of `redirectPaths`. */
  portalOrigins: readonly string[]
  redirectPaths?: readonly string[]
  /** Secret of the confidential clients `uais-portal` and `uais-server`. */
  clientSecret: string
}

export interface Entra {
  /** Base URL of the tenant's server, e.g. `http://127.0.0.1:4567`. */
  url: string
  /** `<url>/<tenant>/v2.0`, the `iss` of every token. */
  issuer: string
  graphUrl: string
  directory: DirectoryStore
  stop(): Promise<void>
}

/** Starts the sandbox's Entra tenant: the OIDC issuer, Microsoft Graph and the sandbox controls on one port. */
export async function startEntra(options: EntraOptions): Promise<Entra> {
  const host = options.host ?? '127.0.0.1'
  const keys = loadKeys(options.dataDir)
  const directory = new DirectoryStore(options.dataDir)
  const issued = openIssuedStore(options.dataDir)
  const stopping = new AbortController()
  deliverNotifications(directory, stopping.signal)
  let handle: (request: IncomingMessage, response: ServerResponse) => Promise<unknown>
  const server = createServer((request, response) => {
    handle(request, response).catch((error: Error) => {
      if (!response.headersSent) sendJson(response, 400, { error: 'bad_request', error_description: error.message })
      else response.destroy()
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, host, resolve)
  })
  const url = `http://${host}:${(server.address() as AddressInfo).port}`
  const { portalOrigins, clientSecret, redirectPaths = ['/auth/callback'] } = options
  const provider = createProvider({
    adapter: issued.adapter,
    url,
    keys,
    directory,
    portalOrigins,
    redirectPaths,
    clientSecret,
  })
  handle = requestHandler({ url, keys, directory }, provider)
  return {
    url,
    issuer: provider.issuer,
    graphUrl: `${url}${graphPrefix}`,
    directory,
    stop: async () => {
      // A second stop finds nothing left to do.
      if (stopping.signal.aborted) return
      stopping.abort()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
      issued.close()
    },
  }
}

function requestHandler(context: GraphContext, provider: ReturnType<typeof createProvider>) {
  const callback = provider.callback()
  const loginPrefix = `/${tenantId}/login/`
  return async (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/'
    if (path.startsWith(`${graphPrefix}/`)) return graph(request, response, context)
    if (path.startsWith(controlPrefix)) return control(request, response, context.directory)
    if (path.startsWith(loginPrefix)) return signIn(request, response, { provider, directory: context.directory })
    if (path === '/healthz') return sendJson(response, 200, { status: 'ok' })
    if (!mountRequest(request))
      return sendJson(response, 404, {
        error: 'invalid_request',
        error_description: `AADSTS90002: Tenant not found in '${path.split('/')[1] ?? ''}'.`,
      })
    return callback(request, response)
  }
}
