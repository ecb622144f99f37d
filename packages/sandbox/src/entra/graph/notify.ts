import { setTimeout as sleep } from 'node:timers/promises'
import { tenantId } from '../directory.ts'
import type { MembershipChange, PersonChange, Subscription } from '../directory-state.ts'
import type { DirectoryStore } from '../directory-store.ts'

const attempts = 4
const firstPause = 500

/**
 * Delivers changes of groups' members and of people's accounts to matching subscriptions (Graph reference, "changeNotification resource type").
 * Retries with growing pauses, then gives up: events can be lost, so clients pair them with a delta sweep.
 */
export function deliverNotifications(directory: DirectoryStore, stopped: AbortSignal) {
  directory.onChange((change) => {
    for (const subscription of directory.subscriptions())
      if (matches(subscription, change)) void deliver(subscription, change, stopped)
  })
}

type Change = MembershipChange | PersonChange

function matches({ resource, changeType }: Subscription, change: Change): boolean {
  const [kind, id] = resource.split('/')
  const changed = 'person' in change ? (['users', change.person] as const) : (['groups', change.group] as const)
  return kind === changed[0] && (id === undefined || id === changed[1]) && changeType.includes('updated')
}

async function deliver(subscription: Subscription, change: Change, stopped: AbortSignal) {
  const body = JSON.stringify({ value: [notification(subscription, change)] })
  for (let attempt = 0; attempt < attempts && !stopped.aborted; attempt++) {
    try {
      const answer = await fetch(subscription.notificationUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
        signal: AbortSignal.any([stopped, AbortSignal.timeout(10_000)]),
      })
      if (answer.ok) return
    } catch {
      // Receiver down: tried again below.
    }
    await sleep(firstPause * 2 ** attempt, undefined, { signal: stopped, ref: false }).catch(() => undefined)
  }
}

function notification(subscription: Subscription, change: Change) {
  const [kind, id] = 'person' in change ? ['User', change.person] : ['Group', change.group]
  return {
    changeType: 'updated',
    clientState: subscription.clientState,
    resource: `${kind}s/${id}`,
    resourceData: {
      '@odata.type': `#Microsoft.Graph.${kind}`,
      '@odata.id': `${kind}s/${id}`,
      id,
      organizationId: tenantId,
      ...('person' in change ? {} : membersDelta(change)),
    },
    subscriptionExpirationDateTime: subscription.expirationDateTime,
    subscriptionId: subscription.id,
    tenantId,
  }
}

const membersDelta = ({ number, member, removed }: MembershipChange) => ({
  sequenceNumber: number,
  'members@delta': [{ id: member, ...(removed ? { '@removed': 'deleted' } : {}) }],
})
