import { invalidArgument } from './errors.ts'

/** What a listing asks for, in the terms of ListObjectsV2. */
interface ListingQuery {
  prefix: string
  delimiter: string
  maxKeys: number
  /** Entries up to and including this one were answered before. */
  after?: string | undefined
}

export interface Listing {
  keys: string[]
  commonPrefixes: string[]
  truncated: boolean
  /** Last key or common prefix answered. */
  last?: string
}

/** Keys in UTF-8 byte order, rolled up at the delimiter (S3 User Guide, "Organizing objects using prefixes"). */
export function listKeys(all: Iterable<string>, query: ListingQuery): Listing {
  const sorted = [...all].filter((key) => key.startsWith(query.prefix)).sort(byUtf8)
  const listing: Listing = { keys: [], commonPrefixes: [], truncated: false }
  for (const key of sorted) {
    const rolled = commonPrefixOf(key, query)
    const entry = rolled ?? key
    if (query.after !== undefined && byUtf8(entry, query.after) <= 0) continue
    // Keys below a common prefix that was answered are part of it.
    if (rolled !== undefined && listing.last === rolled) continue
    if (listing.keys.length + listing.commonPrefixes.length >= query.maxKeys) {
      listing.truncated = query.maxKeys > 0
      break
    }
    if (rolled === undefined) listing.keys.push(key)
    else listing.commonPrefixes.push(rolled)
    listing.last = entry
  }
  return listing
}

/** The prefix that `key` is rolled up into, if the delimiter occurs after the asked prefix. */
export function commonPrefixOf(key: string, { prefix, delimiter }: Pick<ListingQuery, 'prefix' | 'delimiter'>) {
  if (delimiter === '') return undefined
  const at = key.indexOf(delimiter, prefix.length)
  return at < 0 ? undefined : key.slice(0, at + delimiter.length)
}

/** UTF-16 order differs from UTF-8 order for characters beyond the basic plane only. */
export function byUtf8(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b))
}

/** At most 1,000 entries a page. */
export function pageSize(asked: number | undefined): number {
  if (asked !== undefined && asked < 0)
    throw invalidArgument('Argument maxKeys must be an integer between 0 and 2147483647', 'maxKeys', asked)
  return Math.min(asked ?? 1000, 1000)
}

/** Keys as `EncodingType=url` asks for: percent-encoded, slashes kept. */
export function keyEncoder(encodingType: string | undefined): (key: string) => string {
  if (encodingType === undefined) return (key) => key
  if (encodingType !== 'url')
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType)
  return (key) =>
    encodeURIComponent(key)
      .replace(/%2F/g, '/')
      .replace(/%20/g, '+')
      .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
}
