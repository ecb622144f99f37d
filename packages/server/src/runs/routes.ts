import type { Handlers } from '../access/route.ts'
import { notFound, type Subject } from '../access/subject.ts'
import { visiblePlaces } from '../access/visible.ts'
import type { Db } from '../db/database.ts'
import * as events from '../events.ts'
import { stream } from '../http/event-stream.ts'
import { encodeCursor } from '../resources/page.ts'
import { readEvenDeleted } from '../resources/store.ts'
import { followRun, lastSeen } from './follow.ts'
import { approveRun, cancelRun, presentRun, presentRuns, rejectRun, retryRun } from './runs.ts'
import { listRunRows, readLogRows, readRunRow } from './store.ts'

/** A run stands where its resource stands: that resource's account and project decide who sees it. */
async function locateRun(db: Db, id: string): Promise<Subject> {
  const row = await readRunRow(db, id)
  const resource = row && (await readEvenDeleted(db, row.resource_kind, row.resource_id))
  if (!row || !resource) throw notFound('Run', id)
  return {
    type: 'Run',
    id,
    name: row.stack_key,
    accountId: resource.kind === 'Account' ? resource.id : resource.accountId,
    projectId: resource.kind === 'Project' ? resource.id : resource.projectId,
  }
}

async function read(db: Db, id: string) {
  const row = await readRunRow(db, id)
  if (!row) throw notFound('Run', id)
  return presentRun(db, row)
}

const locate = ({ db, params }: { db: Db; params: { id: string } }) => locateRun(db, params.id)

export const runRoutes = {
  'runs.list': {
    on: 'Platform',
    handle: async ({ db, viewer, query }) => {
      const { limit, ...filter } = query
      const within = await visiblePlaces(db, viewer)
      const { rows, total } = await listRunRows(db, { ...filter, within, limit: limit + 1 })
      const shown = rows.slice(0, limit)
      const last = shown.at(-1)
      return {
        items: await presentRuns(db, shown),
        nextCursor: rows.length > limit && last ? encodeCursor({ at: last.exact_at, id: last.id }) : null,
        total,
      }
    },
  },
  'runs.read': { on: 'Run', locate, handle: ({ db, params }) => read(db, params.id) },
  'runs.log': {
    on: 'Run',
    locate,
    handle: async ({ db, params, query }) => ({ items: await readLogRows(db, params.id, query.after, query.limit) }),
  },
  'runs.events': {
    on: 'Run',
    locate,
    handle: async ({ db, params, http }) => {
      const after = lastSeen(http.request.headers['last-event-id'])
      await stream(http.request, http.reply, http.stopping, (signal) =>
        followRun(db, http.runs, params.id, after, signal),
      )
      return ''
    },
  },
  'runs.approve': {
    on: 'Run',
    locate,
    handle: async ({ db, params, person, body, telling }) => {
      await approveRun(db, params.id, person)
      await record(telling, person, 'ApproveRun', params.id, `approved the plan. ${body.comment}`)
      return read(db, params.id)
    },
  },
  'runs.reject': {
    on: 'Run',
    locate,
    handle: async ({ db, params, person, body, telling }) => {
      await rejectRun(db, params.id, person, body.comment)
      await record(telling, person, 'ApproveRun', params.id, `rejected the plan. ${body.comment}`)
      return read(db, params.id)
    },
  },
  'runs.cancel': {
    on: 'Run',
    locate,
    handle: async ({ db, params, person, telling }) => {
      await cancelRun(db, params.id)
      await record(telling, person, 'CancelRun', params.id, 'asked the run to stop')
      return read(db, params.id)
    },
  },
  'runs.retry': {
    on: 'Run',
    locate,
    handle: async ({ db, params, person, telling }) => {
      await retryRun(db, params.id)
      await record(telling, person, 'CancelRun', params.id, 'asked to reconcile the stack again')
      return {}
    },
  },
} satisfies Partial<Handlers>

async function record(
  telling: events.Telling,
  person: Parameters<typeof events.recordAct>[1]['actor'],
  action: string,
  id: string,
  detail: string,
): Promise<void> {
  const { name, accountId, projectId } = await locateRun(telling.db, id)
  const subject = { kind: 'Run', id, name }
  await events.recordAct(telling, {
    actor: person,
    action,
    outcome: 'done',
    subject,
    accountId,
    projectId,
    detail: detail.trim(),
  })
}
