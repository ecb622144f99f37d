import { sql } from 'kysely'
import { transaction } from '../db/database.ts'
import { acted } from '../events.ts'
import { findResources, lockResource, writeStatus } from '../resources/store.ts'
import type { WorkerContext } from '../worker-context.ts'
import { proveAgain } from './prove-again.ts'

/** Marks exceptions whose time has run out, and has what they covered proved again without them. */
export async function sweepExceptions(ctx: WorkerContext): Promise<void> {
  const overdue = await findResources(
    ctx.db,
    'Exception',
    sql<boolean>`status -> 'outputs' ->> 'decision' in ('requested', 'approved')
      and (spec ->> 'expiresAt')::timestamptz <= now()`,
  )
  for (const { id } of overdue)
    await transaction(ctx.db, async (db) => {
      const exception = await lockResource(db, 'Exception', id)
      const { decision } = exception.status.outputs
      if (decision !== 'requested' && decision !== 'approved') return
      const changed = await writeStatus(db, 'Exception', id, {
        phase: 'Ready',
        observedGeneration: exception.generation,
        outputs: { decision: 'expired' },
      })
      const detail = `the exception from ${exception.spec.control} ran out`
      await acted({ db, log: ctx.log }, null, 'ExpireException', changed, detail)
      if (decision === 'approved') await proveAgain(db, changed)
    })
}
