import { z } from 'zod'
import { pageOf, pageQuery } from './resource.ts'

/** One API route. `action` is the Cedar action that `packages/server/src/access` must permit; there is no route without one. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`; `{name}` marks a path parameter. */
  path: string
  summary: string
  action: string
  params?: z.ZodType
  query?: z.ZodType
  body?: z.ZodType
  response: z.ZodType
  /** 201 for creates, 202 where the work goes on afterwards. Default 200. */
  status?: 200 | 201 | 202
  /** `text/event-stream` for live runs. Default JSON. */
  produces?: 'text/event-stream'
}

export const byId = z.object({ id: z.uuid() })
export const nothing = z.object({})

/** Keeps the literal types of a route, so that clients infer parameters and answers from it. */
export function route<const R extends Route>(definition: R): R {
  return definition
}

/** The shapes that most routes have: lists in pages, one thing by id, an act on it, its end. */
export const list = <Item extends z.ZodType>(path: string, action: string, summary: string, item: Item) =>
  route({ method: 'GET', path, action, summary, query: pageQuery, response: pageOf(item) })
export const listIn = <Item extends z.ZodType>(path: string, action: string, summary: string, item: Item) =>
  route({ method: 'GET', path, action, summary, params: byId, query: pageQuery, response: pageOf(item) })
export const read = <Item extends z.ZodType>(path: string, action: string, summary: string, item: Item) =>
  route({ method: 'GET', path, action, summary, params: byId, response: item })
export const act = <Body extends z.ZodType, Item extends z.ZodType>(
  path: string,
  action: string,
  summary: string,
  body: Body,
  item: Item,
) => route({ method: 'POST', path, action, summary, params: byId, body, response: item, status: 200 })
export const remove = <Item extends z.ZodType>(path: string, action: string, summary: string, item: Item) =>
  route({ method: 'DELETE', path, action, summary, params: byId, response: item, status: 202 })
