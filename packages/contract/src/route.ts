import { z } from 'zod'

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
