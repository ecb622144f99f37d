import { lower } from '../evaluate/context.ts'
import type { Question } from '../evaluate/question.ts'
import type { ContextValue } from '../evaluate/request.ts'
import type { Caller, CallerKind } from '../principal/caller.ts'

export type KeyReader = (question: Question) => ContextValue | undefined

/**
 * Keys that follow from the request itself, so that no caller can forget them: a missing aws:PrincipalArn makes every
 * ArnNotLike deny fire. A value given in the context wins. Source: IAM User Guide, "AWS global condition context keys".
 */
const derived: Record<string, KeyReader> = {
  'aws:principalarn': ({ caller }) => (hasAccount(caller) ? caller.arn : undefined),
  'aws:principalaccount': ({ caller }) => (hasAccount(caller) ? caller.account : undefined),
  'aws:principaltype': ({ caller }) => principalTypes[caller.kind],
  'aws:principalisawsservice': ({ caller }) =>
    caller.kind === 'anonymous' ? undefined : String(caller.kind === 'service'),
  'aws:principalservicename': ({ caller }) => (caller.kind === 'service' ? caller.arn : undefined),
  'aws:username': ({ caller }) =>
    caller.kind === 'user' ? caller.arn.slice(caller.arn.lastIndexOf('/') + 1) : undefined,
  'aws:resourceaccount': ({ resourceAccount }) => resourceAccount || undefined,
  'aws:epochtime': ({ context }) => secondsOf(context['aws:currenttime']),
  'aws:currenttime': ({ context }) => isoOf(context['aws:epochtime']),
}

/** IAM User Guide, "IAM policy elements: Variables and tags", table of principal key values. */
const principalTypes: Partial<Record<CallerKind, string>> = {
  root: 'Account',
  user: 'User',
  role: 'AssumedRole',
  'role-session': 'AssumedRole',
  'federated-user': 'FederatedUser',
  anonymous: 'Anonymous',
}

/** Reader of one condition key, whatever its case in the policy. Absent and empty multivalued keys read as undefined. */
export function readKey(name: string): KeyReader {
  const key = lower(name)
  const fallback = derived[key]
  return fallback
    ? (question) => present(question.context[key]) ?? fallback(question)
    : (question) => present(question.context[key])
}

function present(value: ContextValue | undefined): ContextValue | undefined {
  return typeof value === 'object' && value.length === 0 ? undefined : value
}

function hasAccount(caller: Caller): boolean {
  return caller.account !== ''
}

function secondsOf(time: ContextValue | undefined): number | undefined {
  const milliseconds = typeof time === 'string' ? Date.parse(time) : Number.NaN
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000)
}

function isoOf(seconds: ContextValue | undefined): string | undefined {
  const milliseconds = typeof seconds === 'object' || seconds === undefined ? Number.NaN : Number(seconds) * 1000
  return Number.isFinite(milliseconds) && Math.abs(milliseconds) <= 8.64e15
    ? new Date(milliseconds).toISOString()
    : undefined
}
