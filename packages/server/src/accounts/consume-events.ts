import { explainAwsError } from '../aws/aws-error.ts'
import { deleteEvent, receiveEvents } from '../aws/event-queue.ts'
import type { AwsSession } from '../aws/session.ts'
import { findResources } from '../resources/store.ts'
import type { WorkerContext } from '../worker-context.ts'
import { readAccountPlace } from './stack.ts'
import { takeEvent } from './take-event.ts'

const pollSeconds = 10
const pauseMs = 15_000
/** Sessions last an hour; a fresh one well before. */
const sessionMs = 45 * 60_000

/** Takes the events of one account until told to stop, or until the account is no longer there to listen to. */
async function consumeEvents(ctx: WorkerContext, accountId: string): Promise<void> {
  let session: { value: AwsSession; until: number } | undefined
  while (!ctx.stopping.aborted) {
    const place = await readAccountPlace(ctx.db, ctx.config, accountId)
    const queueUrl = place?.account.status.outputs.eventQueueUrl
    if (!place || !queueUrl || place.paused || place.account.deletionRequestedAt) return
    try {
      if (!session || session.until < Date.now()) {
        const { awsAccountId, region, externalId } = place.stackAccount
        const entry = { awsAccountId, region, externalId, role: 'uais-audit' as const, sourceIdentity: 'uais-events' }
        session = { value: await ctx.aws.enter(entry), until: Date.now() + sessionMs }
      }
      const received = await receiveEvents(session.value, queueUrl, pollSeconds, ctx.stopping)
      for (const { event, handle } of received) {
        if (event) await takeEvent(ctx.db, place, event)
        // Deleted only after it was acted upon: a crash in between brings it again, and acting twice is acting once.
        await deleteEvent(session.value, queueUrl, handle)
      }
    } catch (error) {
      if (ctx.stopping.aborted) return
      session = undefined
      ctx.log.warn({ account: place.account.name, reason: explainAwsError(error) }, 'events could not be read')
      await pause(ctx.stopping)
    }
  }
}

const pause = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, pauseMs)
    const end = () => {
      clearTimeout(timer)
      resolve()
    }
    signal.addEventListener('abort', end, { once: true })
  })

/** Keeps one listener per account that is ready; those that end are started again when their account is. */
export function listenToAccounts(ctx: WorkerContext): { look(): Promise<void>; ended(): Promise<void> } {
  const listeners = new Map<string, Promise<void>>()
  return {
    async look() {
      for (const account of await findResources(ctx.db, 'Account')) {
        if (listeners.has(account.id) || !account.status.outputs.eventQueueUrl) continue
        const listener = consumeEvents(ctx, account.id)
          .catch((error) => ctx.log.error({ err: error, account: account.name }, 'listening to the account ended'))
          .finally(() => listeners.delete(account.id))
        listeners.set(account.id, listener)
      }
    },
    async ended() {
      await Promise.allSettled(listeners.values())
    },
  }
}
