import { badRequest } from './graph-error.ts'
import type { GraphRequest } from './route.ts'

const defaultPage = 100
const largestPage = 999

/**
 * One page of a collection with `@odata.nextLink` (Microsoft Learn, "Paging Microsoft Graph data").
 * `$top` is 1..999; the skip token is opaque to clients and holds the offset.
 */
export function collection<Item>(request: GraphRequest, context: string, items: readonly Item[]) {
  const top = readTop(request.query.get('$top'))
  const offset = readSkipToken(request.query.get('$skiptoken'))
  const value = items.slice(offset, offset + top)
  const next = new URLSearchParams(request.query)
  next.set('$skiptoken', Buffer.from(String(offset + top)).toString('base64url'))
  return {
    '@odata.context': `${request.graphUrl}/$metadata#${context}`,
    ...(request.query.get('$count') === 'true' ? { '@odata.count': items.length } : {}),
    ...(offset + top < items.length ? { '@odata.nextLink': `${request.graphUrl}${request.path}?${next}` } : {}),
    value,
  }
}

/** Keeps the properties named by `$select`, as Graph does; all of them without it. */
export function select<Item extends object>(request: GraphRequest, item: Item): Partial<Item> {
  const names = request.query
    .get('$select')
    ?.split(',')
    .map((name) => name.trim())
  if (!names) return item
  return Object.fromEntries(
    Object.entries(item).filter(([name]) => names.includes(name) || name.startsWith('@odata')),
  ) as Partial<Item>
}

function readTop(text: string | null): number {
  if (text === null) return defaultPage
  const top = Number(text)
  if (!Number.isInteger(top) || top < 1 || top > largestPage)
    throw badRequest(`Invalid page size specified: '${text}'. Must be between 1 and ${largestPage} inclusive.`)
  return top
}

function readSkipToken(text: string | null): number {
  if (text === null) return 0
  const offset = Number(Buffer.from(text, 'base64url').toString())
  if (!Number.isInteger(offset) || offset < 0) throw badRequest('Invalid skip token.')
  return offset
}
