import type { IncomingHttpHeaders } from 'node:http'
import type { DirectoryStore } from '../directory-store.ts'
import type { GraphCaller } from './caller.ts'

export interface GraphRequest {
  method: string
  /** Path below `/graph/v1.0`, e.g. `/groups`. */
  path: string
  /** Values of the pattern's groups. */
  segments: string[]
  query: URLSearchParams
  headers: IncomingHttpHeaders
  body: Record<string, unknown>
  caller: GraphCaller
  directory: DirectoryStore
  graphUrl: string
  now: Date
}

export interface GraphAnswer {
  status: number
  body?: unknown
}

export interface GraphRoute {
  method: string
  /** Matched against the path below `/graph/v1.0`. */
  pattern: RegExp
  handle: (request: GraphRequest) => GraphAnswer | Promise<GraphAnswer>
}
