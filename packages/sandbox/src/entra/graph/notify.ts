import { setTimeout as sleep } from 'node:timers/promises'
import { tenantId } from '../directory.ts'
import type { DirectoryStore, MembershipChange, Subscription } from '../directory-store.ts'

const attempts = 4
const firstPause = 500

/**
 * Delivers membership changes to matching subscriptions (Graph reference, "changeNotification resource type").
 * Retries with growing pauses, then gives up: events can be lost, so clients pair them with a delta sweep.
 */
export function deliverNotifications(directory: DirectoryStore, stopped: AbortSignal) {
  directory.onChange((change) => {
    for (const subscription of directory.subscriptions())
      if (matches(subscription, change)) void deliver(subscription, change, stopped)
  })
}

function matches(subscription: Subscription, change: MembershipChange): boolean {
  if (new Date(subscription.expirationDateTime) < new Date()) return false
  const [kind, id] = subscription.resource.split('/')
  return kind === 'groups' && (id === undefined || id === change.group) && subscription.changeType.includes('updated')
}

async function deliver(subscription: Subscription, change: MembershipChange, stopped: AbortSignal) {
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

function notification(subscription: Subscription, change: MembershipChange) {
  return {
    changeType: 'updated',
    clientState: subscription.clientState,
    resource: `Groups/${change.group}`,
    resourceData: {
      '@odata.type': '#Microsoft.Graph.Group',
      '@odata.id': `Groups/${change.group}`,
      id: change.group,
      organizationId: tenantId,
      sequenceNumber: change.number,
      'members@delta': [{ id: change.member, ...(change.removed ? { '@removed': 'deleted' } : {}) }],
    },
    subscriptionExpirationDateTime: subscription.expirationDateTime,
    subscriptionId: subscription.id,
    tenantId,
  }
}
