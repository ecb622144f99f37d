import { type Person, PlatformError } from '@uais/contract'
import type { Context } from '../context.ts'
import * as events from '../events.ts'
import type { CedarDecision, Policies } from './cedar.ts'
import { entitiesFor, readAction, refOf } from './entities.ts'
import { notFound, type Subject } from './subject.ts'
import { leadsAny, ownedAccounts, type Viewer } from './viewer.ts'

export type DecisionContext = Record<string, boolean | string>

/** Decides one act by the policies. Pure looking: nothing is recorded. */
async function decide(
  context: Context,
  policies: Policies,
  viewer: Viewer,
  act: { action: string; subject: Subject; context?: DecisionContext },
): Promise<CedarDecision> {
  const extraRoles = act.subject.type === 'Platform' ? await roleAnywhere(context, viewer) : []
  return policies.decide({
    principal: { type: 'Person', id: viewer.person.oid },
    action: act.action,
    resource: refOf(act.subject),
    context: act.context ?? {},
    entities: await entitiesFor(context.db, viewer, extraRoles, act.subject),
  })
}

/** For acts on the platform itself: does the person own any account, or lead any project? */
async function roleAnywhere(context: Context, viewer: Viewer): Promise<string[]> {
  const owner = (await ownedAccounts(context.db, viewer)).length > 0
  const lead = await leadsAny(context.db, viewer)
  return [...(owner ? ['owner'] : []), ...(lead ? ['lead'] : [])]
}

/**
 * Lets an allowed act pass; answers the ids of the policies that permit it. A refused one is audited and answered: as `not-found` where the person may not even know of
 * the subject, else as `not-allowed`, or as the deciding policy's own code.
 */
export async function demand(
  context: Context,
  policies: Policies,
  viewer: Viewer,
  act: { action: string; subject: Subject; context?: DecisionContext },
): Promise<string[]> {
  const decision = await decide(context, policies, viewer, act)
  if (decision.allowed) return decision.policies
  await events.refused(context, viewer.person, act.action, auditSubject(act.subject), decision.policies)
  const { type, id, name } = act.subject
  if (type !== 'Platform') {
    const read = await decide(context, policies, viewer, { action: readAction(type), subject: act.subject })
    if (!read.allowed) throw notFound(type, id)
  }
  const why = decision.because ?? 'no policy permits it to you'
  const on = type === 'Platform' ? '' : ` on ${type} '${name}'`
  throw new PlatformError(decision.code ?? 'not-allowed', `${act.action}${on}: ${why}`, {
    details: { policies: decision.policies },
  })
}

/** A rule of a room refused the act after the policies had let it pass: that is recorded as well. */
export async function recordRefusal(context: Context, person: Person, action: string, subject: Subject, why: string) {
  const { id, name, accountId, projectId } = subject
  await events.recordAct(context, {
    actor: person,
    action,
    outcome: 'refused',
    subject: subject.type === 'Platform' ? null : { kind: subject.type, id, name },
    accountId: subject.type === 'Account' ? id : accountId,
    projectId: subject.type === 'Project' ? id : projectId,
    detail: why,
  })
}

function auditSubject(subject: Subject) {
  if (subject.type === 'Platform') return null
  return {
    kind: subject.type,
    id: subject.id,
    name: subject.name,
    accountId: subject.accountId,
    projectId: subject.projectId,
  }
}
