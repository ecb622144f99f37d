import { api, type Kind, PlatformError, type Route, type RouteName } from '@uais/contract'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../context.ts'
import { transaction } from '../db/database.ts'
import type { Listener } from '../db/listen.ts'
import { strictly } from '../http/strict.ts'
import type { Logger } from '../logger.ts'
import type { Resource } from '../resources/resource.ts'
import type { SignedIn } from '../sessions/sessions.ts'
import { demand, recordRefusal } from './access.ts'
import type { Policies } from './cedar.ts'
import { once } from './idempotency.ts'
import type { Call, Handler, Handlers } from './route.ts'
import { locate, platformSubject, type Subject } from './subject.ts'
import { viewerOf } from './viewer.ts'

/** A handler with its types forgotten: the pipeline is the same for all routes. */
interface AnyHandler {
  on: Kind | 'Platform' | 'Run'
  id?: (call: Call) => string
  locate?: (call: Call) => Promise<Subject>
  decideWith?: (call: Call, subject: Subject) => Record<string, boolean | string>
  outside?: boolean
  handle: (call: Call, resource?: Resource) => Promise<object>
}

interface Pipeline {
  context: Context
  policies: Policies
  /** Who calls; @throws PlatformError not-signed-in */
  authenticate: (request: FastifyRequest) => Promise<SignedIn>
  stopping: AbortSignal
  /** Wakes whoever follows a live run. */
  runs: Listener
}

/** Registers every route of the contract. What each goes through: sign-in, validation, decision, act, audit. */
export function addApi(app: FastifyInstance, pipeline: Pipeline, handlers: Handlers): void {
  const callers = new WeakMap<FastifyRequest, SignedIn>()
  for (const name of Object.keys(api) as RouteName[]) {
    const route: Route = api[name]
    const handler: Handler<RouteName> | undefined = handlers[name]
    if (!handler) throw new Error(`registering the API: nobody handles '${name}'`)
    if (!pipeline.policies.knows(route.action))
      throw new Error(`registering the API: no policy can speak of '${route.action}', the action of '${name}'`)
    app.route({
      method: route.method,
      url: `/api/v1${route.path.replace(/\{(\w+)\}/g, ':$1')}`,
      schema: schemaOf(name, route),
      // Before the body is read: who is not signed in learns nothing about what is well formed.
      onRequest: async (request) => {
        callers.set(request, await pipeline.authenticate(request))
      },
      handler: async (request, reply) => {
        const signedIn = callers.get(request)
        if (!signedIn) throw new PlatformError('not-signed-in', 'answering the request: sign in first')
        return serve(pipeline, route, handler as unknown as AnyHandler, signedIn, request, reply)
      },
    })
  }
}

function schemaOf(name: string, route: Route): object {
  const { params, query, body, response, status = 200 } = route
  return {
    operationId: name,
    summary: route.summary,
    tags: [name.split('.')[0]],
    ...(params ? { params: strictly(params) } : {}),
    ...(query ? { querystring: strictly(query) } : {}),
    ...(body ? { body: strictly(body) } : {}),
    ...(route.produces ? { produces: [route.produces] } : { response: { [status]: response } }),
  }
}

async function serve(
  { context, policies, stopping, runs }: Pipeline,
  route: Route,
  handler: AnyHandler,
  signedIn: SignedIn,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<object> {
  const isAct = route.method !== 'GET'
  const viewer = await viewerOf(context, signedIn.person, { fresh: isAct })
  const parts = { params: request.params, query: request.query, body: request.body } as Pick<
    Call,
    'params' | 'query' | 'body'
  >
  const call: Call = {
    ...{ context, db: context.db, viewer, person: signedIn.person, signedIn },
    ...{ telling: { db: context.db, log: request.log as Logger }, ...parts },
    http: { request, reply, stopping, runs },
  }
  const subject = await subjectOf(handler, call)
  const decideWith = handler.decideWith?.(call, subject)
  const permits = await demand(context, policies, viewer, {
    action: route.action,
    subject,
    ...(decideWith ? { context: decideWith } : {}),
  })
  const allowed = { ...call, telling: { ...call.telling, policies: permits } }
  const answer = isAct ? await act(route, handler, allowed, subject) : await handler.handle(allowed, subject.resource)
  return route.produces ? reply : reply.code(route.status ?? 200).send(answer)
}

async function subjectOf(handler: AnyHandler, call: Call): Promise<Subject> {
  if (handler.on === 'Platform') return platformSubject
  if (handler.locate) return handler.locate(call)
  const id = handler.id?.(call) ?? (call.params as unknown as { id: string }).id
  return locate(call.db, handler.on as Kind, id)
}

/** An act is one transaction: desired state, jobs and audit row are kept together or not at all. */
async function act(route: Route, handler: AnyHandler, call: Call, subject: Subject): Promise<object> {
  const key = call.http.request.headers['idempotency-key']
  const keyed =
    route.status === 201 && typeof key === 'string'
      ? { oid: call.person.oid, key, status: 201, request: [route.method, call.http.request.url, call.body] }
      : undefined
  try {
    if (handler.outside) return await handler.handle(call, subject.resource)
    return await transaction(call.context.db, (tx) => {
      const handle = () => handler.handle({ ...call, db: tx, telling: { ...call.telling, db: tx } }, subject.resource)
      return keyed ? once(tx, keyed, handle) : handle()
    })
  } catch (error) {
    if (error instanceof PlatformError && (error.code === 'not-allowed' || error.code === 'review-required'))
      await recordRefusal(call.context, call.person, route.action, subject, error.message)
    throw error
  }
}
