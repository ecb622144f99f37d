import { PlatformError } from '@uais/contract'
import { expect, it } from 'vitest'
import { failureOf, isRetryable } from './failure.ts'

it.each([
  ['Error acquiring the state lock: ConditionalCheckFailed', 'state-locked', true],
  ['Saved plan is stale: the given plan file can no longer be applied', 'stale-plan', true],
  ['creating IAM Role (x): EntityAlreadyExists: Role with name x already exists.', 'already-exists', true],
  ['creating S3 Bucket (x): BucketAlreadyOwnedByYou: Your previous request succeeded', 'already-exists', true],
  ['creating SageMaker Domain: ResourceLimitExceeded: The account-level service limit', 'quota-exceeded', false],
  [
    'AccessDeniedException: User: x is not authorized to perform: y with an explicit deny in a service control policy',
    'access-denied',
    false,
  ],
  [
    'Cannot assume IAM Role: AccessDenied: User: x is not authorized to perform: sts:AssumeRole',
    'account-unreachable',
    true,
  ],
  ['ThrottlingException: Rate exceeded', 'aws-unavailable', true],
  ['ExpiredToken: The security token included in the request is expired', 'session-expired', true],
])('%s is %s', (message, code, retry) => {
  const failure = failureOf(new Error(message))
  expect(failure).toMatchObject({ code, retry, message })
  expect(failure.remedy.length).toBeGreaterThan(20)
  expect(isRetryable(code)).toBe(retry)
})

it('keeps the code of our own errors', () =>
  expect(failureOf(new PlatformError('account-unreachable', 'entering account 1: no'))).toMatchObject({
    code: 'account-unreachable',
    retry: true,
  }))

it('calls everything interrupted while the worker stops', () =>
  expect(failureOf(new Error('whatever'), 'stopping')).toMatchObject({ code: 'interrupted', retry: true }))

it('calls it cancelled when a person stopped it, whatever the step said', () =>
  expect(failureOf(new Error('waiting for a slot'), 'cancelled')).toMatchObject({ code: 'cancelled', retry: false }))
