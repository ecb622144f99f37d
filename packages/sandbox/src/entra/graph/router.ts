import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DirectoryStore } from '../directory-store.ts'
import { readBody, sendJson } from '../http.ts'
import type { TenantKeys } from '../keys.ts'
import { graphCaller } from './caller.ts'
import { deltaRoutes } from './delta.ts'
import { badRequest, GraphError } from './graph-error.ts'
import { groupRoutes } from './groups.ts'
import type { GraphAnswer } from './route.ts'
import { subscriptionRoutes } from './subscriptions.ts'
import { userRoutes } from './users.ts'

// Delta first: `/groups/delta` would else be read as a group's id.
const routes = [...deltaRoutes, ...groupRoutes, ...userRoutes, ...subscriptionRoutes]

export const graphPrefix = '/graph/v1.0'

export interface GraphContext {
  url: string
  keys: TenantKeys
  directory: DirectoryStore
}

/** Answers one Graph request; every failure is in Graph's own error shape. */
export async function graph(request: IncomingMessage, response: ServerResponse, context: GraphContext) {
  const now = new Date()
  const requestId = randomUUID()
  const headers = { 'request-id': requestId, 'client-request-id': requestId }
  try {
    const { status, body } = await answer(request, context, now)
    sendJson(response, status, body, headers)
  } catch (error) {
    const problem =
      error instanceof GraphError ? error : new GraphError(500, 'InternalServerError', (error as Error).message)
    sendJson(response, problem.status, problem.body(requestId, now), headers)
  }
}

async function answer(request: IncomingMessage, context: GraphContext, now: Date): Promise<GraphAnswer> {
  const { url, keys, directory } = context
  const method = request.method ?? 'GET'
  const target = new URL(request.url ?? '/', url)
  const path = target.pathname.slice(graphPrefix.length)
  const caller = graphCaller(request.headers.authorization, keys, directory)
  const route = routes.find((each) => each.method === method && each.pattern.test(path))
  if (!route) throw badRequest(`Resource not found for the segment '${path.split('/')[1] ?? ''}' with ${method}.`)
  return route.handle({
    method,
    path,
    segments: [...(route.pattern.exec(path)?.slice(1) ?? [])].map((segment) => segment ?? ''),
    query: target.searchParams,
    headers: request.headers,
    body: method === 'POST' || method === 'PATCH' ? await readJson(request) : {},
    caller,
    directory,
    graphUrl: `${url}${graphPrefix}`,
    now,
  })
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const text = await readBody(request)
  if (text === '') return {}
  try {
    const body = JSON.parse(text) as unknown
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>
  } catch {
    // Answered below, as Graph does for any malformed body.
  }
  throw new GraphError(
    400,
    'BadRequest',
    'Unable to read JSON request payload. Please ensure Content-Type header is set.',
  )
}
