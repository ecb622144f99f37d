import type { Kind, Person } from '@uais/contract'
import { Counter } from 'prom-client'
import type { Db } from './db/database.ts'
import type { Logger } from './logger.ts'
import type { Actor } from './resources/resource.ts'

/** What a room needs to tell the world that something happened: the transaction of the act, and the log. */
export interface Telling {
  db: Db
  log: Logger
  /** Ids of the policies that let the act pass; none for the platform's own acts. */
  policies?: readonly string[]
}

interface Act {
  actor: Actor
  /** The route's action, or what the platform did by itself. */
  action: string
  outcome: 'done' | 'refused' | 'failed'
  subject?: { kind: string; id: string; name: string } | null
  accountId?: string | null
  projectId?: string | null
  /** A sentence for the person who reads the trail. No secrets, no answers of third parties. */
  detail: string
}

type Subject = { kind: Kind | 'Run'; id: string; name: string; accountId: string | null; projectId: string | null }

const acts = new Counter({
  name: 'uais_acts_total',
  help: 'Acts in UAIS by action and outcome',
  labelNames: ['action', 'outcome'] as const,
})

/** One act: a row of the audit trail (in the act's own transaction), a log line and a count. */
export async function recordAct(telling: Telling, act: Act): Promise<void> {
  await telling.db
    .insertInto('audit')
    .values({
      actor: act.actor && JSON.stringify(act.actor),
      action: act.action,
      outcome: act.outcome,
      subject: act.subject ? JSON.stringify(act.subject) : null,
      account_id: act.accountId ?? null,
      project_id: act.projectId ?? null,
      detail: act.detail,
      policies: [...(telling.policies ?? [])],
    })
    .execute()
  acts.inc({ action: act.action, outcome: act.outcome })
  const { kind, name } = act.subject ?? {}
  const { policies } = telling
  telling.log.info({ action: act.action, outcome: act.outcome, kind, name, actor: act.actor?.oid, policies }, 'act')
}

/** Where a subject stands: an account and a project are themselves the place that their acts are listed under. */
function placed(subject: Subject): Pick<Act, 'subject' | 'accountId' | 'projectId'> {
  return {
    subject: { kind: subject.kind, id: subject.id, name: subject.name },
    accountId: subject.kind === 'Account' ? subject.id : subject.accountId,
    projectId: subject.kind === 'Project' ? subject.id : subject.projectId,
  }
}

/** A person or the platform did something to a resource. */
export const acted = (telling: Telling, actor: Actor, action: string, subject: Subject, detail: string) =>
  recordAct(telling, { actor, action, outcome: 'done', ...placed(subject), detail })

export const created = (telling: Telling, actor: Actor, action: string, subject: Subject) =>
  acted(telling, actor, action, subject, `${subject.kind} '${subject.name}' was created`)

export const deletionRequested = (telling: Telling, actor: Actor, action: string, subject: Subject) =>
  acted(telling, actor, action, subject, `deletion of ${subject.kind} '${subject.name}' was asked for`)

/** A person tried what the policies do not allow. `policies` names the deciding ones; none means that nothing permits it. */
export const refused = (telling: Telling, actor: Person, action: string, subject: Subject | null, policies: string[]) =>
  recordAct(
    { ...telling, policies },
    {
      actor,
      action,
      outcome: 'refused',
      ...(subject ? placed(subject) : {}),
      detail: policies.length > 0 ? `forbidden by ${policies.join(', ')}` : 'no policy permits it',
    },
  )

export const signedIn = (telling: Telling, person: Person) =>
  recordAct(telling, { actor: person, action: 'SignIn', outcome: 'done', detail: 'signed in with Entra ID' })

export const signInFailed = (telling: Telling, detail: string) =>
  recordAct(telling, { actor: null, action: 'SignIn', outcome: 'refused', detail })

export const signedOut = (telling: Telling, person: Person) =>
  recordAct(telling, { actor: person, action: 'EndSession', outcome: 'done', detail: 'signed out' })

export const tokenIssued = (telling: Telling, person: Person, label: string) =>
  recordAct(telling, {
    actor: person,
    action: 'IssueToken',
    outcome: 'done',
    detail: `a token was issued for ${label}`,
  })

/** A Studio URL was minted: the URL itself is never kept. */
export const workspaceOpened = (telling: Telling, person: Person, subject: Subject) =>
  acted(telling, person, 'OpenWorkspace', subject, 'a Studio URL was minted for the member')
