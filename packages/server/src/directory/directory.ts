import { PlatformError } from '@uais/contract'
import type { Directory, DirectoryGroup } from '../entra/directory.ts'

/** The groups, all of which must exist. @throws PlatformError unknown-group that names those that do not */
export async function needGroups(directory: Directory, ids: readonly string[]): Promise<DirectoryGroup[]> {
  const found = await Promise.all(ids.map((id) => directory.group(id)))
  const missing = ids.filter((_, index) => found[index] === undefined)
  if (missing.length > 0)
    throw new PlatformError(
      'unknown-group',
      `looking for groups in Entra ID: there is none with the id ${missing.join(', ')}`,
    )
  return found.filter((group) => group !== undefined)
}
