import { badRequest, GraphError } from './graph-error.ts'
import type { GraphRequest } from './route.ts'

export interface Named {
  displayName: string
  userPrincipalName?: string
}

/**
 * The filter that `$search` or `$filter` asks for. `$search` needs the header `ConsistencyLevel: eventual`;
 * filters beyond startswith and eq, joined by `or`, are refused rather than ignored.
 */
export function nameFilter(request: GraphRequest): (item: Named) => boolean {
  const search = request.query.get('$search')
  const filter = request.query.get('$filter')
  if (search !== null) {
    const matches = searchFilter(search, request)
    return (item) => matches(item.displayName)
  }
  if (filter === null) return () => true
  const clauses = [...filter.matchAll(clause)]
  if (clauses.map((each) => each[0]).join('') !== filter) throw badRequest(`Invalid filter clause: ${filter}`)
  const tests = clauses.map(({ groups = {} }) => {
    const property = (groups.starts ?? groups.equals) as keyof Named
    const value = (groups.prefix ?? groups.value ?? '').replaceAll("''", "'").toLowerCase()
    return (item: Named) => {
      const text = item[property]?.toLowerCase()
      return groups.starts ? text?.startsWith(value) : text === value
    }
  })
  return (item) => tests.some((test) => test(item))
}

/** `startswith(property,'text')` or `property eq 'text'`, perhaps after ` or `; quotes are doubled inside text. */
const clause =
  /(?:^|(?<=.) or )(?:startswith\((?<starts>displayName|userPrincipalName), ?'(?<prefix>(?:[^']|'')*)'\)|(?<equals>displayName|userPrincipalName) eq '(?<value>(?:[^']|'')*)')/g

function searchFilter(search: string, request: GraphRequest): (displayName: string) => boolean {
  if (request.headers.consistencylevel?.toString().toLowerCase() !== 'eventual')
    throw new GraphError(
      400,
      'Request_UnsupportedQuery',
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    )
  const term = /^"displayName:(.*)"$/.exec(search)?.[1]?.toLowerCase()
  if (term === undefined) throw badRequest(`Syntax error: '${search}' is not of the form "property:value".`)
  // Graph tokenises names and matches the start of each word.
  return (name) =>
    name.toLowerCase().startsWith(term) ||
    name
      .toLowerCase()
      .split(/[\s\-_.]+/)
      .some((word) => word.startsWith(term))
}
