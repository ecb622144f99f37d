import type { Kind } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import { after, containing, exactTime, type Page, type PageRequest, pageFrom } from './page.ts'
import { type Resource, resourceFrom } from './resource.ts'
import type { Filter } from './store.ts'

/**
 * One page of a kind, newest first. `visible` is part of the query, so that pages are full and `total` counts only what
 * the caller may see. `search` looks in the name and in what the spec says.
 */
export async function listResources<K extends Kind>(
  db: Db,
  kind: K,
  visible: Filter,
  request: PageRequest,
): Promise<Page<Resource<K>>> {
  const found = request.search ? mentions(containing(request.search)) : sql<boolean>`true`
  const matching = db
    .selectFrom('resource')
    .where('kind', '=', kind)
    .where('deleted_at', 'is', null)
    .where(visible)
    .where(found)
  const { total } = await matching.select((eb) => eb.fn.countAll<string>().as('total')).executeTakeFirstOrThrow()
  const rows = await matching
    .selectAll()
    .select(exactTime('created_at').as('exact_at'))
    .where(after('created_at', request.cursor))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(request.limit + 1)
    .execute()
  return pageFrom(rows, request.limit, Number(total), (row) => resourceFrom<K>(row))
}

/** In the name, or in any text of the spec: values only, as people wrote them, not JSON's names and escapes. */
const mentions = (pattern: string) => sql<boolean>`(name ilike ${pattern} or exists (
  select 1 from jsonb_path_query(spec, 'strict $.** ? (@.type() == "string")') as text where text #>> '{}' ilike ${pattern}))`
