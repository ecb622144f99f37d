import { type AccountParams, compileOrganization, type ProjectParams } from '@uais/guardrails'
import { sql } from 'kysely'
import { accountParams } from '../accounts/params.ts'
import { type AccountPlace, readAccountPlace } from '../accounts/stack.ts'
import type { Config } from '../config/config.ts'
import type { Db } from '../db/database.ts'
import { readProjectPlace } from '../projects/stack.ts'
import { findResources } from '../resources/store.ts'
import type { Stack } from '../runs/stack.ts'
import type { BundleParts } from './account-bundle.ts'
import { stacksOfAccount } from './account-stacks.ts'
import type { ProofOwner } from './proving.ts'

/** An account with all that its proofs are made from. */
export interface AccountFacts {
  place: AccountPlace
  owner: ProofOwner
  projects: ProjectParams[]
  stacks: Stack[]
}

/** Stands for an organization whose id is not known; no statement of ours depends on which it is. */
const someOrganization = 'o-0000000000'

export async function readAccountFacts(db: Db, config: Config, accountId: string): Promise<AccountFacts | undefined> {
  const place = await readAccountPlace(db, config, accountId)
  if (!place) return undefined
  const found = await findResources(db, 'Project', sql<boolean>`account_id = ${accountId}`)
  const places = await Promise.all(found.map(({ id }) => readProjectPlace(db, config, id)))
  return {
    place,
    owner: { accountId, projectIds: new Map(found.map(({ name, id }) => [name, id])) },
    projects: places.flatMap((project) => project?.projectParams ?? []),
    stacks: await stacksOfAccount(db, config, accountId),
  }
}

/**
 * The account as it is wanted: every document as compiled. Without an organization, too, the guardrails stand above it
 * here, unless `alone`: a plan is judged by what its own documents promise, not by what is missing above them.
 */
export function wanted(config: Config, { place, projects, stacks }: AccountFacts, alone = false): BundleParts {
  const { account } = place
  const bound = account.spec.organization !== null || !alone
  const organizationId = bound ? someOrganization : undefined
  const params: AccountParams = { ...accountParams(config, account), organizationId }
  const above = account.spec.organization || !bound ? [] : [hypothetical(params)]
  return {
    params,
    projects: projects.map((project) => ({ ...project, organizationId })),
    stacks: [...stacks, ...above],
  }
}

/** The parts as they are in the organization that was read; undefined: in none. */
export function inOrganization(parts: BundleParts, organizationId: string | undefined): BundleParts {
  return {
    ...parts,
    params: { ...parts.params, organizationId },
    projects: parts.projects.map((project) => ({ ...project, organizationId })),
  }
}

/** Service control policies that an account without an organization would have. */
const hypothetical = (params: AccountParams) => ({
  kind: 'organization' as const,
  key: `organization/${params.accountName}`,
  policies: compileOrganization(params).policies,
})
