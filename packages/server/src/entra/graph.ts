import { PlatformError } from '@uais/contract'
import type { Config } from '../config/config.ts'

/** Reads Microsoft Graph as the application itself (client credentials): no person's token is ever used for it. */
export interface Graph {
  /** One JSON answer; `undefined` when Graph says 404. `path` begins with '/'. */
  get<T>(path: string): Promise<T | undefined>
  /** All pages of a collection, following `@odata.nextLink`; `undefined` when Graph says 404. */
  all<T>(path: string, most?: number): Promise<T[] | undefined>
}

interface Held {
  token: string
  until: number
}

/** Answers slower than this count as none: a person waits behind each of them. */
const patience = 8_000

export function createGraph(config: Config): Graph {
  const base = config.entra.graphUrl
  let held: Promise<Held> | undefined

  const token = async () => {
    const current = await held?.catch(() => undefined)
    if (current && current.until > Date.now() + 60_000) return current.token
    held = requestToken(config)
    return (await held).token
  }

  const send = async (url: string): Promise<Response> => {
    const bearer = await token()
    return ask(`reading ${new URL(url).pathname}`, url, {
      // `eventual` is what Graph's advanced queries ($search, $count) demand ("Advanced query capabilities").
      headers: { authorization: `Bearer ${bearer}`, accept: 'application/json', consistencylevel: 'eventual' },
    })
  }

  const get = async <T>(url: string): Promise<T | undefined> => {
    let response = await send(url)
    if (response.status === 401) {
      held = undefined
      response = await send(url)
    }
    if (response.status === 404) return undefined
    if (!response.ok) throw unavailable(`reading ${new URL(url).pathname}`, `Graph answered ${response.status}`)
    return (await response.json()) as T
  }

  return {
    get: (path) => get(base + path),
    async all<T>(path: string, most = Number.POSITIVE_INFINITY) {
      const items: T[] = []
      let next: string | undefined = base + path
      while (next && items.length < most) {
        // A link that leads elsewhere would carry our token there.
        if (!next.startsWith(`${base}/`)) throw unavailable(`reading ${path}`, 'the next page is on another host')
        const page: { value: T[]; '@odata.nextLink'?: string } | undefined = await get(next)
        if (!page) return undefined
        items.push(...page.value)
        next = page['@odata.nextLink']
      }
      return items.slice(0, most)
    },
  }
}

/** Client credentials grant of the v2.0 endpoint (Microsoft, "OAuth 2.0 client credentials flow"). */
async function requestToken(config: Config): Promise<Held> {
  const { issuer, clientId, graphUrl } = config.entra
  const url = await tokenEndpoint(issuer)
  const response = await ask('asking Entra for a Graph token', url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: clientId,
      client_secret: config.secrets.entraClientSecret,
      scope: `${new URL(graphUrl).origin}/.default`,
    }).toString(),
  })
  if (!response.ok) throw unavailable('asking Entra for a Graph token', `it answered ${response.status}`)
  const answer = (await response.json()) as { access_token?: string; expires_in?: number }
  if (!answer.access_token) throw unavailable('asking Entra for a Graph token', 'it answered without one')
  return { token: answer.access_token, until: Date.now() + (answer.expires_in ?? 3599) * 1000 }
}

async function tokenEndpoint(issuer: string): Promise<string> {
  const doing = 'reading the metadata of Entra'
  const response = await ask(doing, `${issuer}/.well-known/openid-configuration`, {})
  const metadata = response.ok ? ((await response.json()) as { token_endpoint?: string }) : {}
  if (!metadata.token_endpoint) throw unavailable(doing, `it answered ${response.status}`)
  return metadata.token_endpoint
}

/** One request, tried again once after throttling or a lost connection. */
async function ask(doing: string, url: string, init: RequestInit): Promise<Response> {
  for (let attempt = 1; ; attempt++) {
    try {
      const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(patience) })
      const again = response.status === 429 || response.status >= 500
      if (!again || attempt === 2) return response
      await response.body?.cancel()
    } catch (cause) {
      if (attempt === 2) throw unavailable(doing, cause instanceof Error ? cause.message : String(cause), cause)
    }
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

function unavailable(doing: string, wrong: string, cause?: unknown): PlatformError {
  return new PlatformError(
    'directory-unavailable',
    `${doing}: ${wrong}; nothing is allowed until it answers, try again`,
    {
      cause,
    },
  )
}
