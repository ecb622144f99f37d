import { PlatformError } from '@uais/contract'
import { isTransient } from '../aws/aws-error.ts'
import { StepError } from '../terraform/step-error.ts'

/** Why a run ended badly, what to do about it, and whether trying again by itself can help. */
export interface Failure {
  code: string
  message: string
  remedy: string
  retry: boolean
}

interface Known extends Omit<Failure, 'message'> {
  pattern: RegExp
}

/** Terraform's and AWS's own words, and what they mean for the person who reads them. First match wins. */
const known: readonly Known[] = [
  {
    pattern: /the account is paused/,
    code: 'account-paused',
    remedy: 'The run goes on when the account’s owner ends the pause.',
    retry: true,
  },
  {
    pattern: /acquiring the state lock/i,
    code: 'state-locked',
    remedy:
      'Another terraform works on this stack, or one that died left its lock; UAIS tries again and releases a dead lock itself.',
    retry: true,
  },
  {
    pattern: /saved plan is stale/i,
    code: 'stale-plan',
    remedy: 'The stack changed after the plan was made; UAIS makes a new one.',
    retry: true,
  },
  {
    pattern: /Cannot assume IAM Role|not authorized to perform: sts:AssumeRole/i,
    code: 'account-unreachable',
    remedy: 'Compare the bootstrap roles in the account with what UAIS shows for it, then probe the account again.',
    retry: true,
  },
  {
    pattern: /AccessDenied|not authorized to perform|UnauthorizedOperation|explicit deny/i,
    code: 'access-denied',
    remedy:
      'A policy of the account forbids this step. The message names it; ask the account’s owner, or update the bootstrap.',
    retry: false,
  },
  {
    pattern: /LimitExceeded|QuotaExceeded|ServiceQuota/i,
    code: 'quota-exceeded',
    remedy: 'Ask AWS for a higher quota in the account (Service Quotas), then retry.',
    retry: false,
  },
  {
    pattern: /Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|connection refused|connection reset|i\/o timeout/i,
    code: 'aws-unavailable',
    remedy: 'AWS did not answer in time; UAIS tries again by itself.',
    retry: true,
  },
  {
    pattern: /ExpiredToken/i,
    code: 'session-expired',
    remedy: 'The run took longer than its credentials; UAIS plans again with fresh ones.',
    retry: true,
  },
  {
    pattern: /AlreadyExists|already exists|BucketAlreadyOwnedByYou|ResourceInUse/i,
    code: 'already-exists',
    remedy:
      'Something of that name is in the account already. If an earlier run made it, retrying adopts it; otherwise its owner must rename or remove it.',
    retry: true,
  },
  {
    pattern: /Failed to query available provider packages|Failed to install provider/i,
    code: 'provider-unavailable',
    remedy: 'The provider registry cannot be reached: name a filesystem mirror in UAIS_TF_MIRROR.',
    retry: true,
  },
]

/** Codes of failures that another try may cure, by itself. */
const retryable = new Set([
  'interrupted',
  'not-verified',
  ...known.filter(({ retry }) => retry).map(({ code }) => code),
])
export const isRetryable = (code: string) => retryable.has(code)

/** @param why the run was told to stop: by a person, or because the worker itself stops */
export function failureOf(error: unknown, why?: 'stopping' | 'cancelled'): Failure {
  const message = error instanceof Error ? error.message : String(error)
  if (why === 'stopping')
    return {
      code: 'interrupted',
      message: 'The platform was stopped during the run.',
      remedy: 'UAIS takes the stack up again when it is back.',
      retry: true,
    }
  if (why === 'cancelled' || (error instanceof StepError && error.cancelled))
    return {
      code: 'cancelled',
      message: 'The run was cancelled; what was already made is kept in the state.',
      remedy: 'Retry to reconcile the stack.',
      retry: false,
    }
  const match = known.find(({ pattern }) => pattern.test(message))
  if (match) return { code: match.code, message, remedy: match.remedy, retry: match.retry }
  if (error instanceof PlatformError && error.code !== 'internal')
    return {
      code: error.code,
      message,
      remedy: 'See the message; then retry.',
      retry: error.code === 'account-unreachable',
    }
  return {
    code: error instanceof StepError ? `terraform-${error.step}` : 'internal',
    message,
    remedy: 'Read the run’s log; when the cause is gone, retry.',
    retry: isTransient(error),
  }
}
