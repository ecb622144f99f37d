import type { z } from 'zod'
import { type Api, api, type RouteName } from './api.ts'
import { type ErrorCode, errorCodes, PlatformError } from './errors.ts'
import type { Route } from './route.ts'

type In<T> = T extends z.ZodType ? z.input<T> : undefined
/** What a call needs: the path parameters, query and body of its route, where it has them. */
export type CallOptions<R> = (R extends { params: infer P } ? { params: In<P> } : object) &
  (R extends { query: infer Q } ? { query?: In<Q> } : object) &
  (R extends { body: infer B } ? { body: In<B> } : object) & { idempotencyKey?: string; signal?: AbortSignal }
export type Answer<R> = R extends { response: infer S } ? (S extends z.ZodType ? z.output<S> : never) : never

export interface ClientOptions {
  /** Origin of the API, e.g. `http://127.0.0.1:8080`; '' for same-origin. */
  origin: string
  fetch?: typeof fetch
  /** Added to each request: `Authorization` for the CLI, `X-CSRF-Token` for the portal. */
  headers?: () => Record<string, string>
}

/**
 * A typed client of the API: `client.call('projects.read', { params: { id } })`.
 * @throws PlatformError with the server's code and message; code `internal` when the answer is not ours.
 */
export function createClient(options: ClientOptions) {
  const send = options.fetch ?? fetch
  return {
    async call<N extends RouteName>(name: N, ...[input]: CallArguments<Api[N]>): Promise<Answer<Api[N]>> {
      const route: Route = api[name]
      const given = (input ?? {}) as {
        params?: object
        query?: object
        body?: unknown
        idempotencyKey?: string
        signal?: AbortSignal
      }
      const response = await send(options.origin + urlOf(route, given.params, given.query), {
        method: route.method,
        headers: {
          accept: 'application/json',
          ...(given.body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(given.idempotencyKey ? { 'idempotency-key': given.idempotencyKey } : {}),
          ...options.headers?.(),
        },
        ...(given.body === undefined ? {} : { body: JSON.stringify(given.body) }),
        ...(given.signal ? { signal: given.signal } : {}),
        credentials: 'same-origin',
      })
      if (!response.ok) throw await errorOf(response)
      return (await response.json()) as Answer<Api[N]>
    },
  }
}

type CallArguments<R> = object extends CallOptions<R> ? [CallOptions<R>?] : [CallOptions<R>]
export type Client = ReturnType<typeof createClient>

/** The URL of a route, with parameters encoded. Also used for links (`runs.events`). */
export function urlOf(route: Route, params: object = {}, query: object = {}): string {
  const path = route.path.replace(/\{(\w+)\}/g, (_, key) =>
    encodeURIComponent(String((params as Record<string, unknown>)[key])),
  )
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query))
    if (value !== undefined && value !== '') search.set(key, String(value))
  const text = search.toString()
  return `/api/v1${path}${text ? `?${text}` : ''}`
}

async function errorOf(response: Response): Promise<PlatformError> {
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string; errors?: unknown }
  const code = problem.code && problem.code in errorCodes ? (problem.code as ErrorCode) : 'internal'
  const message = problem.detail ?? `The server answered ${response.status} without an explanation.`
  return new PlatformError(code, message, problem.errors === undefined ? {} : { details: { fields: problem.errors } })
}
