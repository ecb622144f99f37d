import { sql } from 'kysely'
import type { AccountEvent } from '../aws/event-queue.ts'
import { type Db, transaction } from '../db/database.ts'
import { recordDenial } from '../denials/record.ts'
import { addJob } from '../queue/jobs.ts'
import { findResources } from '../resources/store.ts'
import { raiseFinding } from '../runs/findings.ts'
import type { AccountPlace } from './stack.ts'
import { tamperFinding } from './tamper.ts'

/**
 * Acts upon one event of an account, once: queue and sweep bring the same events, each more than once at times.
 * @returns whether it was new
 */
export function takeEvent(db: Db, place: AccountPlace, event: AccountEvent): Promise<boolean> {
  return transaction(db, async (tx) => {
    if (event.account !== place.stackAccount.awsAccountId || !(await isNew(tx, event))) return false
    const finding = tamperFinding(place, event)
    if (finding) await raiseFinding(tx, finding)
    await recordDenial(tx, place, event)
    await lookForModels(tx, place.account.id, event)
    return true
  })
}

/** CloudTrail's own id is the same on every way; events that are no calls have only EventBridge's. */
async function isNew(tx: Db, event: AccountEvent): Promise<boolean> {
  const id = typeof event.detail.eventID === 'string' ? event.detail.eventID : event.id
  const inserted = await tx
    .insertInto('seen_event')
    .values({ id })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

async function lookForModels(tx: Db, accountId: string, event: AccountEvent): Promise<void> {
  const group = event.detail.ModelPackageGroupName
  if (event.source !== 'aws.sagemaker' || typeof group !== 'string') return
  const projects = await findResources(tx, 'Project', sql<boolean>`account_id = ${accountId}`)
  const project = projects.find((one) => one.status.outputs.modelPackageGroup === group)
  if (!project) return
  const options = { queue: project.id, key: `sweep/${project.id}`, attempts: 5 }
  await addJob(tx, 'sweep-project', { projectId: project.id }, options)
}
