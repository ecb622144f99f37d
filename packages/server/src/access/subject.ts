import { type Kind, PlatformError } from '@uais/contract'
import type { Db } from '../db/database.ts'
import type { Resource } from '../resources/resource.ts'
import { readResource } from '../resources/store.ts'

/** What an act is about, as far as the decision needs it. */
export interface Subject {
  type: 'Platform' | 'Run' | Kind
  id: string
  name: string
  accountId: string | null
  projectId: string | null
  resource?: Resource
}

export const platformSubject: Subject = { type: 'Platform', id: 'uais', name: 'uais', accountId: null, projectId: null }

function subjectOfResource(resource: Resource): Subject {
  const { kind, id, name, accountId, projectId } = resource
  return { type: kind, id, name, accountId, projectId, resource }
}

/** @throws PlatformError not-found */
export async function locate(db: Db, kind: Kind, id: string): Promise<Subject> {
  const resource = await readResource(db, kind, id)
  if (!resource) throw notFound(kind, id)
  return subjectOfResource(resource)
}

/** The same words whether there is none or it is not for the caller's eyes. */
export const notFound = (type: string, id: string) =>
  new PlatformError('not-found', `reading ${type} ${id}: there is none, or none that you may see`)
