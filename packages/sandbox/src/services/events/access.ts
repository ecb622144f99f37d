import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { policyDocument } from '../resource-policy.ts'
import { type BusPlace, busArn, buses, ruleArn, rules } from './state.ts'

type Context = AccessCheck['context']

export function onAny(action: string): AccessCheck[] {
  return [{ action: `events:${action}`, resource: '*' }]
}

export function onRule(
  action: string,
  place: BusPlace,
  name: string | undefined,
  call: Call,
  context: Context = {},
): AccessCheck {
  const row = rules(call, place).get(name ?? '')
  return {
    action: `events:${action}`,
    resource: ruleArn(call, place, name ?? ''),
    resourceAccount: place.account,
    resourceTags: row?.tags,
    context: { ...(row && { 'events:creatorAccount': place.account }), ...context },
  }
}

export function onBus(action: string, place: BusPlace, call: Call, context: Context = {}): AccessCheck {
  const row = buses(call, place).get(place.bus)
  return {
    action: `events:${action}`,
    resource: busArn(call, place),
    resourceAccount: place.account,
    resourceTags: row?.tags,
    ...(row?.policy && { resourcePolicy: policyDocument(row.policy) }),
    context,
  }
}

/** A role given to EventBridge needs iam:PassRole. */
export function passRole(roleArn: string | undefined): AccessCheck[] {
  if (!roleArn) return []
  const account = roleArn.split(':')[4]
  return [
    {
      action: 'iam:PassRole',
      resource: roleArn,
      ...(account && { resourceAccount: account }),
      context: { 'iam:PassedToService': 'events.amazonaws.com' },
    },
  ]
}
