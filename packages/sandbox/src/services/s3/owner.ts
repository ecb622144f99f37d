import { createHash } from 'node:crypto'
import type { Grant, Owner } from '@aws-sdk/client-s3'
import type { Call } from '../../kernel/operation.ts'

/** An account as S3 names it: its canonical user id, 64 hexadecimal digits (AWS account reference guide). */
export function ownerOf(account: string): Owner {
  return { ID: createHash('sha256').update(`canonical-user ${account}`).digest('hex') }
}

/** The only grant that a bucket or object has: its owner's full control. */
export function ownerGrants(account: string): Grant[] {
  return [{ Grantee: { Type: 'CanonicalUser', ...ownerOf(account) }, Permission: 'FULL_CONTROL' }]
}

/** ARN or name of the caller, as messages and listings print it. */
export function callerName({ principal, partition }: Call): string {
  switch (principal.type) {
    case 'role-session':
      return principal.sessionArn
    case 'user':
      return principal.userArn
    case 'root':
      return `arn:${partition}:iam::${principal.account}:root`
    case 'service':
      return principal.service
    default:
      return 'anonymous'
  }
}
