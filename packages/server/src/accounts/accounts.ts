import { randomBytes } from 'node:crypto'
import { type Account, type AccountSpec, PlatformError, type probeSchema } from '@uais/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Call } from '../access/route.ts'
import type { Db } from '../db/database.ts'
import { transaction } from '../db/database.ts'
import { needGroups } from '../directory/directory.ts'
import * as events from '../events.ts'
import { addReconcile } from '../queue/jobs.ts'
import { ask } from '../resources/ask.ts'
import { firstStatus } from '../resources/resource.ts'
import {
  findResources,
  insertResource,
  markForDeletion,
  tombstone,
  updateSpec,
  writeStatus,
} from '../resources/store.ts'
import { checkAccountSpec } from './check-spec.ts'
import { insertLink, setPaused } from './store.ts'

export { readLink } from './store.ts'

export type Probe = z.infer<typeof probeSchema>

/** Condition that says whether the owner has created the bootstrap roles and let us provision. */
const bootstrapped = 'Bootstrap'

/** Runs may start: the bootstrap was probed, and somebody who may asked for it. */
export const mayProvision = (account: Account) =>
  account.status.conditions.some(({ type, status }) => type === bootstrapped && status === 'True')

/** Begins to onboard an account. Nothing happens in it until its owner has read and created the bootstrap roles. */
export async function createAccount({ context, db, person, body, telling }: Call<'accounts.create'>): Promise<Account> {
  checkAccountSpec(body, context.config.platform)
  await needGroups(context.directory, [body.spec.ownerGroup])
  const status = firstStatus<'Account'>({}, 'Waiting')
  status.conditions.push({
    type: bootstrapped,
    status: 'False',
    reason: 'WaitingForOwner',
    message: 'The owner reads the bootstrap, creates its roles, and starts the provisioning.',
    at: new Date().toISOString(),
  })
  const account = await insertResource(db, {
    ...{ kind: 'Account', name: body.name, accountId: null, projectId: null },
    ...{ spec: body.spec, status, createdBy: person },
  })
  await insertLink(db, account.id, newExternalId())
  await events.created(telling, person, 'CreateAccount', account)
  return account
}

/**
 * The shared secret against the confused deputy, made by the platform and never by a person (IAM User Guide, "Access to
 * AWS accounts owned by third parties"): 2-1,224 characters of `[\w+=,.@:/-]`.
 */
const newExternalId = () => `uais-${randomBytes(24).toString('base64url')}`

/** What was agreed is agreed anew; everything in the account is planned again with it. */
export async function updateAccount(
  { context, db, person, body, telling }: Call<'accounts.update'>,
  account: Account,
): Promise<Account> {
  refuseDeleting(account, 'changing')
  const spec = { ...account.spec, ...body.spec } as AccountSpec
  checkAccountSpec({ name: account.name, spec }, context.config.platform)
  const changed = await updateSpec<'Account'>(db, account, body.generation, spec)
  await reconcileAll(db, changed)
  const fields = Object.keys(body.spec).join(', ')
  await events.acted(telling, person, 'UpdateAccount', changed, `changed ${fields || 'nothing'}`)
  return changed
}

/** Tries each step of entering the account. The worker does it: its role is the one that will. */
export const probe = (db: Db, account: Account) =>
  ask<'probe-account', Probe[]>(db, 'probe-account', { accountId: account.id })

/** Lets runs start, once every probe holds. @throws PlatformError not-ready that names the probes which do not */
export async function provisionAccount(
  { context, person, telling }: Call<'accounts.provision'>,
  account: Account,
): Promise<Account> {
  refuseDeleting(account, 'provisioning')
  const failed = (await probe(context.db, account)).filter(({ state }) => state === 'failed')
  if (failed.length > 0)
    throw new PlatformError(
      'not-ready',
      `provisioning account '${account.name}': ${failed.map((p) => `${p.title}: ${p.message}`).join('; ')}`,
    )
  return transaction(context.db, async (db) => {
    const condition = {
      type: bootstrapped,
      status: 'True',
      reason: 'Probed',
      message: 'Every probe of the bootstrap holds.',
    } as const
    const phase = account.status.phase === 'Waiting' ? { phase: 'Pending' as const } : {}
    const changed = await writeStatus(db, 'Account', account.id, { ...phase, conditions: [condition] })
    await addReconcile(db, 'Account', account.id)
    await events.acted(telling, person, 'ProvisionAccount', account, 'provisioning was started')
    return changed
  })
}

/** The owner's stop button: no run starts and no Studio link is minted until it is released. */
export async function pauseAccount(
  { db, person, telling }: Call<'accounts.pause'>,
  account: Account,
): Promise<Account> {
  await setPaused(db, account.id, true)
  const changed = await writeStatus(db, 'Account', account.id, {
    ...(account.status.phase === 'Ready' ? { phase: 'Paused' } : {}),
    conditions: [{ type: 'Paused', status: 'True', reason: 'ByOwner', message: `Paused by ${person.name}.` }],
  })
  await events.acted(telling, person, 'PauseAccount', account, 'all work in the account was paused')
  return changed
}

export async function resumeAccount(
  { db, person, telling }: Call<'accounts.resume'>,
  account: Account,
): Promise<Account> {
  await setPaused(db, account.id, false)
  const changed = await writeStatus(db, 'Account', account.id, {
    ...(account.status.phase === 'Paused' ? { phase: 'Ready' } : {}),
    conditions: [{ type: 'Paused', status: 'False', reason: 'ByOwner', message: `Resumed by ${person.name}.` }],
  })
  await reconcileAll(db, account)
  await events.acted(telling, person, 'PauseAccount', account, 'the pause was ended')
  return changed
}

/** What changed while nothing could run is caught up on: everything in the account is compared again. */
async function reconcileAll(db: Db, account: Account): Promise<void> {
  if (mayProvision(account)) await addReconcile(db, 'Account', account.id)
  for (const kind of ['Project', 'Workspace', 'DataSource', 'Deployment'] as const)
    for (const { id } of await findResources(db, kind, sql<boolean>`account_id = ${account.id}`))
      await addReconcile(db, kind, id)
}

/** Ends the platform's work in an account that no project uses any more. */
export async function deleteAccount(
  { db, person, telling }: Call<'accounts.delete'>,
  account: Account,
): Promise<Account> {
  const projects = await findResources(db, 'Project', sql<boolean>`account_id = ${account.id}`)
  if (projects.length > 0)
    throw new PlatformError(
      'conflict',
      `deleting account '${account.name}': first delete its projects ${projects.map((p) => `'${p.name}'`).join(', ')}`,
    )
  const marked = await markForDeletion(db, 'Account', account.id)
  await events.deletionRequested(telling, person, 'DeleteAccount', account)
  if (mayProvision(account)) {
    await addReconcile(db, 'Account', account.id)
    return marked
  }
  // Nothing was ever made in it, and perhaps we cannot even enter it.
  await tombstone(db, 'Account', account.id)
  return { ...marked, status: { ...marked.status, phase: 'Deleted' } }
}

/** @throws PlatformError conflict */
function refuseDeleting(
  resource: { kind: string; name: string; deletionRequestedAt: string | null },
  doing: string,
): void {
  if (resource.deletionRequestedAt)
    throw new PlatformError('conflict', `${doing}: ${resource.kind} '${resource.name}' is being deleted`)
}
