import type { PolicyDocument } from '@uais/iam'
import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { policyDocument } from '../resource-policy.ts'
import { isPublicPolicy, publicAccessBlockOf } from './public-access.ts'
import { type BucketRow, bucketArn, findVersion, objectArn, openBucket } from './state.ts'

type Context = NonNullable<AccessCheck['context']>

/** The members by which every request names its bucket. */
export interface BucketInput {
  Bucket: string | undefined
  ExpectedBucketOwner?: string | undefined
}

export interface ObjectInput extends BucketInput {
  Key: string | undefined
  VersionId?: string | undefined
}

/** May the caller do `action` on the bucket? Bucket tags count only where attribute-based control was enabled. */
export function bucketAccess(call: Call, input: BucketInput, action: string, context: Context = {}): AccessCheck {
  const bucket = regionalBucket(call, input)
  return {
    action,
    resource: bucketArn(call, bucket.name),
    resourceAccount: bucket.account,
    resourcePolicy: effectivePolicy(call, bucket),
    resourceTags: hasAbac(bucket) ? bucket.tags : undefined,
    context: { ...requestContext(call, bucket), ...context },
  }
}

/** May the caller do `action` on the object? `s3:ExistingObjectTag` comes from the version that is there. */
export function objectAccess(call: Call, input: ObjectInput, action: string, context: Context = {}): AccessCheck {
  const bucket = regionalBucket(call, input)
  const key = input.Key ?? ''
  const version = findVersion(call, bucket.name, key, input.VersionId)
  return {
    action,
    resource: objectArn(call, bucket.name, key),
    resourceAccount: bucket.account,
    resourcePolicy: effectivePolicy(call, bucket),
    context: {
      ...requestContext(call, bucket),
      ...tagContext('s3:ExistingObjectTag', version?.tags ?? {}),
      's3:versionid': input.VersionId,
      ...context,
    },
  }
}

/**
 * Reading an object: GetObject, or the version's own action where one is named. Who may not list the bucket is not
 * told that a key is missing (S3 API Reference, GetObject, "Permissions").
 */
export function readAccess(call: Call, input: ObjectInput, action = 's3:GetObject'): AccessCheck[] {
  const check = objectAccess(call, input, versioned(input, action))
  if (findVersion(call, input.Bucket ?? '', input.Key ?? '', input.VersionId)?.body) return [check]
  return [check, bucketAccess(call, input, input.VersionId === undefined ? 's3:ListBucket' : 's3:ListBucketVersions')]
}

/** `s3:GetObject` → `s3:GetObjectVersion`, `s3:PutObjectTagging` → `s3:PutObjectVersionTagging`. */
export function versioned(input: ObjectInput, action: string): string {
  return input.VersionId === undefined ? action : action.replace('Object', 'ObjectVersion')
}

export function tagContext(prefix: string, tags: Readonly<Record<string, string>>): Context {
  return Object.fromEntries(Object.entries(tags).map(([name, value]) => [`${prefix}/${name}`, value]))
}

function hasAbac(bucket: BucketRow): boolean {
  return (bucket.configurations.abac as { Status?: string } | undefined)?.Status === 'Enabled'
}

/** A signature made for another Region than the bucket's does not hold (S3 API Reference, "Error responses"). */
function regionalBucket(call: Call, input: BucketInput): BucketRow {
  const bucket = openBucket(call, input)
  const signed = call.http !== undefined && call.principal.type !== 'anonymous'
  if (signed && call.region !== bucket.region)
    throw new AwsError(
      'AuthorizationHeaderMalformed',
      `The authorization header is malformed; the region '${call.region}' is wrong; expecting '${bucket.region}'`,
      400,
      { Region: bucket.region },
    )
  return bucket
}

/**
 * The bucket's policy as far as Block Public Access lets it speak: with RestrictPublicBuckets a public policy grants
 * nothing to other accounts and anonymous callers (S3 User Guide, "Blocking public access to your Amazon S3 storage").
 */
function effectivePolicy(call: Call, bucket: BucketRow): PolicyDocument | undefined {
  if (bucket.policy === undefined) return undefined
  const document = policyDocument(bucket.policy)
  const { principal } = call
  const own = principal.type === 'service' || (principal.type !== 'anonymous' && principal.account === bucket.account)
  if (own) return document
  return publicAccessBlockOf(bucket).RestrictPublicBuckets && isPublicPolicy(document) ? undefined : document
}

/** Keys of every S3 request (Service Authorization Reference, "Condition keys for Amazon S3"). */
function requestContext(call: Call, bucket: BucketRow): Context {
  const common: Context = {
    's3:ResourceAccount': bucket.account,
    's3:TlsVersion': call.origin.secure ? '1.3' : undefined,
    ...(hasAbac(bucket) ? tagContext('s3:BucketTag', bucket.tags ?? {}) : {}),
  }
  const { http } = call
  if (!http || call.principal.type === 'anonymous') return common
  const presigned = http.query.has('X-Amz-Signature')
  return {
    ...common,
    's3:signatureversion': 'AWS4-HMAC-SHA256',
    's3:authType': presigned ? 'REST-QUERY-STRING' : http.headers.authorization ? 'REST-HEADER' : 'POST',
    's3:x-amz-content-sha256': http.headers['x-amz-content-sha256'],
    ...(presigned ? { 's3:signatureAge': signatureAge(http.query.get('X-Amz-Date'), call.now) } : {}),
  }
}

/** Milliseconds since a presigned URL was signed. */
function signatureAge(stamp: string | null, now: Date): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(stamp ?? '')
  if (!parts) return undefined
  const [, year, month, day, hour, minute, second] = parts.map(Number) as number[]
  return now.getTime() - Date.UTC(year!, month! - 1, day, hour, minute, second)
}
