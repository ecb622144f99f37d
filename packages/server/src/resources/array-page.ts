import { PlatformError } from '@uais/contract'
import type { Page, PageRequest } from './page.ts'

/**
 * One page of a list that comes whole from elsewhere (Graph, S3, the guardrail catalogue). `keyOf` is unique and gives
 * the order; `textOf` is what a search looks in.
 */
export function pageOfArray<Item>(
  all: readonly Item[],
  request: PageRequest,
  keyOf: (item: Item) => string,
  textOf: (item: Item) => string,
): Page<Item> {
  const wanted = request.search?.toLowerCase() ?? ''
  const found = all.filter((item) => textOf(item).toLowerCase().includes(wanted))
  const start = request.cursor === undefined ? 0 : positionAfter(found.map(keyOf), decode(request.cursor))
  const items = found.slice(start, start + request.limit)
  const last = items.at(-1)
  const more = start + items.length < found.length
  return { items, nextCursor: more && last ? encode(keyOf(last)) : null, total: found.length }
}

const encode = (key: string) => Buffer.from(`after ${key}`).toString('base64url')

function decode(cursor: string): string {
  const text = Buffer.from(cursor, 'base64url').toString('utf8')
  if (!text.startsWith('after '))
    throw new PlatformError('invalid-request', 'reading a page: the cursor is not one that a list gave out')
  return text.slice('after '.length)
}

/** Where to go on; what the cursor named may be gone by now, then the list begins anew. */
const positionAfter = (keys: string[], key: string) => keys.indexOf(key) + 1
