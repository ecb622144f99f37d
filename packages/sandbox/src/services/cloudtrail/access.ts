import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { peekTrail, trailArn } from './state.ts'

export function onAny(action: string): AccessCheck[] {
  return [{ action: `cloudtrail:${action}`, resource: '*' }]
}

/** A trail is one resource, named by its home region wherever it is called from. */
export function onTrail(action: string, nameOrArn: string | undefined, call: Call): AccessCheck {
  const row = peekTrail(call, nameOrArn)
  const named = nameOrArn?.startsWith('arn:') ? nameOrArn : trailArn(call, nameOrArn ?? '')
  return { action: `cloudtrail:${action}`, resource: row?.arn ?? named, resourceTags: row?.tags }
}
