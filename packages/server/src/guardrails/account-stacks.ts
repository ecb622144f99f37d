import { sql } from 'kysely'
import { accountStack, organizationStack, readAccountPlace } from '../accounts/stack.ts'
import type { Config } from '../config/config.ts'
import { dataSourceStack } from '../data-sources/stack.ts'
import type { Db } from '../db/database.ts'
import { endpointStack } from '../deployments/stack.ts'
import { type ProjectPlace, projectStack, readProjectPlace } from '../projects/stack.ts'
import { findResources, readResource } from '../resources/store.ts'
import type { Stack } from '../runs/stack.ts'

/**
 * Every stack of an account as it is wanted now, in the order in which they are applied; what is being deleted is wanted
 * no longer. None: the account is gone.
 */
export async function stacksOfAccount(db: Db, config: Config, accountId: string): Promise<Stack[]> {
  const place = await readAccountPlace(db, config, accountId)
  if (!place) return []
  const stacks = [accountStack(place), ...(place.account.spec.organization ? [organizationStack(place)] : [])]
  for (const { id } of await findResources(
    db,
    'Project',
    sql<boolean>`account_id = ${accountId} and deletion_requested_at is null`,
  )) {
    const project = await readProjectPlace(db, config, id)
    if (project) stacks.push(...(await stacksOfProject(db, project)))
  }
  return stacks
}

async function stacksOfProject(db: Db, place: ProjectPlace): Promise<Stack[]> {
  const inProject = sql<boolean>`project_id = ${place.project.id} and deletion_requested_at is null`
  const stacks = [projectStack(place)]
  for (const source of await findResources(db, 'DataSource', inProject)) stacks.push(dataSourceStack(place, source))
  for (const deployment of await findResources(db, 'Deployment', inProject)) {
    const version = await readResource(db, 'ModelVersion', deployment.spec.modelVersionId)
    if (version) stacks.push(endpointStack(place, deployment, version))
  }
  return stacks
}
