import type { Api, Kind, Person, RouteName } from '@uais/contract'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Context } from '../context.ts'
import type { Db } from '../db/database.ts'
import type { Listener } from '../db/listen.ts'
import type { Telling } from '../events.ts'
import type { Resource } from '../resources/resource.ts'
import type { SignedIn } from '../sessions/sessions.ts'
import type { DecisionContext } from './access.ts'
import type { Subject } from './subject.ts'
import type { Viewer } from './viewer.ts'

type Part<N extends RouteName, P extends 'params' | 'query' | 'body'> = Api[N] extends { [K in P]: infer S }
  ? S extends z.ZodType
    ? z.output<S>
    : never
  : Record<string, never>

/** One call of a route: who, with what, and the doors to act with. */
export interface Call<N extends RouteName = RouteName> {
  context: Context
  /** Acts: the transaction of the act. Reads, and acts `outside`: the pool. */
  db: Db
  viewer: Viewer
  person: Person
  signedIn: SignedIn
  /** For the act's audit row: its transaction, its request's log, and the policies that let it pass. */
  telling: Telling
  params: Part<N, 'params'>
  query: Part<N, 'query'>
  body: Part<N, 'body'>
  http: { request: FastifyRequest; reply: FastifyReply; stopping: AbortSignal; runs: Listener }
}

type Answer<N extends RouteName> = Api[N] extends { response: infer S }
  ? S extends z.ZodType
    ? z.input<S>
    : never
  : never

interface Rule<N extends RouteName> {
  /** What the policies ask beyond principal, action and resource. */
  decideWith?: (call: Call<N>, subject: Subject) => DecisionContext
  /** The act reaches into an account or waits: it must not hold a transaction open. */
  outside?: boolean
}

/** An act on the platform as a whole; lists filter what they show by the viewer. */
interface PlatformHandler<N extends RouteName> extends Rule<N> {
  on: 'Platform'
  handle: (call: Call<N>) => Promise<Answer<N>>
}

/** An act on one resource, `params.id` unless `id` says otherwise. It is read before the decision. */
interface ResourceHandler<N extends RouteName, K extends Kind> extends Rule<N> {
  on: K
  id?: (call: Call<N>) => string
  handle: (call: Call<N>, resource: Resource<K>) => Promise<Answer<N>>
}

/** An act on something that is no resource: a run. */
interface LocatedHandler<N extends RouteName> extends Rule<N> {
  on: 'Run'
  locate: (call: Call<N>) => Promise<Subject>
  handle: (call: Call<N>) => Promise<Answer<N>>
}

export type Handler<N extends RouteName> =
  | PlatformHandler<N>
  | LocatedHandler<N>
  | { [K in Kind]: ResourceHandler<N, K> }[Kind]

/** What a room's `routes.ts` satisfies: any of the contract's routes, each with its handler. */
export type Handlers<N extends RouteName = RouteName> = { [Name in N]: Handler<Name> }
