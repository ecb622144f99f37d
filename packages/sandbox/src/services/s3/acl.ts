import type {
  GetBucketAclOutput,
  GetBucketAclRequest,
  GetObjectAclOutput,
  GetObjectAclRequest,
  PutBucketAclRequest,
  PutObjectAclRequest,
} from '@aws-sdk/client-s3'
import type { AccessCheck } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess, objectAccess, readAccess, versioned } from './access.ts'
import { aclsAreDisabled } from './bucket-ownership.ts'
import { accessDenied, aclNotSupported, notImplemented } from './errors.ts'
import { ownerGrants, ownerOf } from './owner.ts'
import { publicAccessBlockOf } from './public-access.ts'
import { type BucketRow, openBucket, openVersion } from './state.ts'

/** Access control members of a request. */
export interface AclInput {
  ACL?: string | undefined
  GrantFullControl?: string | undefined
  GrantRead?: string | undefined
  GrantReadACP?: string | undefined
  GrantWrite?: string | undefined
  GrantWriteACP?: string | undefined
  AccessControlPolicy?: object | undefined
}

export const getBucketAcl = operation<GetBucketAclRequest, GetBucketAclOutput>({
  name: 'GetBucketAcl',
  access: (input, call) => [bucketAccess(call, input, 's3:GetBucketAcl')],
  handle: (input, call) => {
    const { account } = openBucket(call, input)
    return { Owner: ownerOf(account), Grants: ownerGrants(account) }
  },
})

export const putBucketAcl = operation<PutBucketAclRequest, Record<string, never>>({
  name: 'PutBucketAcl',
  access: (input, call) => [bucketAccess(call, input, 's3:PutBucketAcl', aclContext(input))],
  handle: (input, call) => {
    demandOwnerOnly(openBucket(call, input), input)
    return {}
  },
})

export const getObjectAcl = operation<GetObjectAclRequest, GetObjectAclOutput>({
  name: 'GetObjectAcl',
  access: (input, call) => readAccess(call, input, 's3:GetObjectAcl'),
  handle: (input, call) => {
    const { account, name } = openBucket(call, input)
    openVersion(call, name, input.Key ?? '', input.VersionId)
    return { Owner: ownerOf(account), Grants: ownerGrants(account) }
  },
})

export const putObjectAcl = operation<PutObjectAclRequest, Record<string, never>>({
  name: 'PutObjectAcl',
  access: (input, call) => [objectAccess(call, input, versioned(input, 's3:PutObjectAcl'), aclContext(input))],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    openVersion(call, bucket.name, input.Key ?? '', input.VersionId)
    demandOwnerOnly(bucket, input)
    return {}
  },
})

/**
 * Lets through what leaves the owner alone in control. Where lists are disabled, only bucket-owner-full-control may be
 * asked for; public lists are refused by Block Public Access; grants to others do not exist in this sandbox.
 */
export function demandOwnerOnly(bucket: BucketRow, input: AclInput): void {
  const grants = grantNames.filter((name) => input[name] !== undefined)
  if (input.ACL === undefined && grants.length === 0 && input.AccessControlPolicy === undefined) return
  if (input.ACL === 'bucket-owner-full-control') return
  if (aclsAreDisabled(bucket)) throw aclNotSupported()
  if (input.ACL === 'private') return
  if (/^public-/.test(input.ACL ?? '') && publicAccessBlockOf(bucket).BlockPublicAcls) throw accessDenied()
  throw notImplemented(input.ACL !== undefined ? 'x-amz-acl' : 'x-amz-grant')
}

export function aclContext(input: AclInput): AccessCheck['context'] {
  return {
    's3:x-amz-acl': input.ACL,
    's3:x-amz-grant-full-control': input.GrantFullControl,
    's3:x-amz-grant-read': input.GrantRead,
    's3:x-amz-grant-read-acp': input.GrantReadACP,
    's3:x-amz-grant-write': input.GrantWrite,
    's3:x-amz-grant-write-acp': input.GrantWriteACP,
  }
}

/**
 * Whether a write sets an access control list, which needs s3:PutObjectAcl too. Handing control to the bucket's owner
 * does not: CloudTrail's documented bucket policy grants s3:PutObject alone (CloudTrail User Guide).
 */
export function setsAcl(input: AclInput): boolean {
  const list = input.ACL === 'bucket-owner-full-control' ? undefined : input.ACL
  return list !== undefined || grantNames.some((name) => input[name] !== undefined)
}

const grantNames = ['GrantFullControl', 'GrantRead', 'GrantReadACP', 'GrantWrite', 'GrantWriteACP'] as const
