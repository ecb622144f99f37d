import { controlOfSid } from '@uais/guardrails'
import { sql } from 'kysely'
import type { AccountPlace } from '../accounts/stack.ts'
import type { AccountEvent } from '../aws/event-queue.ts'
import type { Db } from '../db/database.ts'
import { findResources } from '../resources/store.ts'

/** The members of a CloudTrail record that are read (CloudTrail User Guide, "CloudTrail record contents"). */
interface Record {
  eventID?: string
  eventName?: string
  eventSource?: string
  errorCode?: string
  errorMessage?: string
  resources?: { ARN?: string }[]
  /** AWS names the kind of policy in the message; the sandbox names the statements themselves (its README, "Records"). */
  additionalEventData?: { 'uais:deniedBy'?: { sid?: string }[] }
  userIdentity?: {
    arn?: string
    sessionContext?: { sessionIssuer?: { arn?: string }; sourceIdentity?: string }
  }
}

/** Codes by which AWS services refuse for want of permission. */
const refusals = /^(Client\.)?(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedException)$/

/** What a record says of the statements that refused it: the first of ours, else the first that has a Sid. */
export function deniedBy(detail: AccountEvent['detail']): { sid: string | null; control: string | null } {
  const sids = ((detail as Record).additionalEventData?.['uais:deniedBy'] ?? []).flatMap(({ sid }) => sid ?? [])
  const sid = sids.find((each) => controlOfSid(each)) ?? sids[0] ?? null
  return { sid, control: (sid && controlOfSid(sid)?.id) || null }
}

const isDenied = (detail: AccountEvent['detail']) => refusals.test((detail as Record).errorCode ?? '')

/** Keeps a refused call, for the people whom it stopped. Other events pass. */
export async function recordDenial(tx: Db, place: AccountPlace, event: AccountEvent): Promise<void> {
  const record = event.detail as Record
  const identity = record.userIdentity
  const principal = identity?.sessionContext?.sessionIssuer?.arn ?? identity?.arn
  if (!isDenied(event.detail) || !record.eventID || !record.eventName || !principal) return
  await tx
    .insertInto('denial')
    .values({
      id: record.eventID,
      account_id: place.account.id,
      project_id: await projectOf(tx, place, principal),
      at: event.time,
      principal,
      source_identity: identity?.sessionContext?.sourceIdentity ?? null,
      call: `${record.eventSource?.replace('.amazonaws.com', '')}:${record.eventName}`,
      resource: record.resources?.[0]?.ARN ?? null,
      message: record.errorMessage ?? record.errorCode ?? '',
      ...deniedBy(event.detail),
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute()
}

/** The project whose role was used, by the role's name. */
async function projectOf(tx: Db, { account, params }: AccountPlace, principal: string): Promise<string | null> {
  const prefix = `arn:${params.partition}:iam::${params.awsAccountId}:role/uais/projects/uais-`
  if (!principal.startsWith(prefix)) return null
  const projects = await findResources(tx, 'Project', sql<boolean>`account_id = ${account.id}`)
  const role = principal.slice(prefix.length)
  return (
    projects.find(({ name }) => /^-(studio|training|inference)$/.test(role.slice(name.length)) && role.startsWith(name))
      ?.id ?? null
  )
}
