import type { HttpRequest } from './http-message.ts'
import type { Model, OperationModel } from './model.ts'

interface Route {
  operation: OperationModel
  method: string
  pattern: RegExp
  labels: string[]
  /** Literal query parameters of the model's URI: `?acl`, `?list-type=2`. */
  literals: [string, string][]
  /** Required members in query and headers, which tell CopyObject from PutObject and UploadPart. */
  needs: { in: 'query' | 'header'; name: string }[]
}

export interface RouteMatch {
  operation: OperationModel
  /** Decoded path labels. */
  labels: Record<string, string>
}

const routesOf = new WeakMap<Model, Route[]>()

/** Finds the operation of a REST request: the most specific route whose literals and required members are there. */
export function matchRoute(model: Model, request: HttpRequest, path: string): RouteMatch | undefined {
  let best: { route: Route; match: RegExpExecArray; score: number } | undefined
  for (const route of routes(model)) {
    if (route.method !== request.method) continue
    const match = route.pattern.exec(path)
    if (!match || !isPresent(route, request)) continue
    const score = (route.literals.length + route.needs.length) * 10 - route.labels.length
    if (!best || score > best.score) best = { route, match, score }
  }
  if (!best) return undefined
  const { route, match } = best
  const labels: Record<string, string> = {}
  route.labels.forEach((name, index) => {
    labels[name] = decodeURIComponent(match[index + 1] as string)
  })
  return { operation: route.operation, labels }
}

function isPresent(route: Route, request: HttpRequest): boolean {
  return (
    route.literals.every(([k, v]) => request.query.has(k) && (v === '' || request.query.get(k) === v)) &&
    route.needs.every((need) => (need.in === 'query' ? request.query.has(need.name) : need.name in request.headers))
  )
}

function routes(model: Model): Route[] {
  let known = routesOf.get(model)
  if (!known) {
    known = [...model.operations.values()].map(toRoute)
    routesOf.set(model, known)
  }
  return known
}

function toRoute(operation: OperationModel): Route {
  const [path = '/', query = ''] = operation.uri.split('?')
  const labels: string[] = []
  const pattern = path.replace(/[.]/g, '\\.').replace(/\{([\w-]+)(\+?)\}/g, (_, name: string, greedy: string) => {
    labels.push(name)
    return greedy ? '(.+)' : '([^/]+)'
  })
  return {
    operation,
    method: operation.method,
    pattern: new RegExp(`^${pattern}${pattern.endsWith('/') || pattern.endsWith('(.+)') ? '' : '/?'}$`, 's'),
    labels,
    literals: [...new URLSearchParams(query)].filter(([key]) => key !== 'x-id'),
    needs: needsOf(operation),
  }
}

function needsOf(operation: OperationModel): Route['needs'] {
  const { input } = operation
  const needs: Route['needs'] = []
  for (const name of input?.required ?? []) {
    const member = input?.members.get(name)
    if (!member?.locationName) continue
    if (member.location === 'querystring') needs.push({ in: 'query', name: member.locationName })
    if (member.location === 'header') needs.push({ in: 'header', name: member.locationName.toLowerCase() })
  }
  return needs
}

/** Bucket of a virtual-hosted S3 request, from its Host header; undefined for path style. */
export function virtualHostBucket(host: string | undefined): string | undefined {
  return /^(.+)\.(?:s3[.-].+|s3|localhost)(?::\d+)?$/.exec(host ?? '')?.[1]
}
