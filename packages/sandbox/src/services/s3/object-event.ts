import type { Call } from '../../kernel/operation.ts'
import { type BucketRow, bucketArn, type VersionRow } from './state.ts'

interface ObjectChange {
  type: 'Object Created' | 'Object Deleted'
  key: string
  version: Pick<VersionRow, 'id' | 'etag' | 'body'>
  /** Operation that caused it. */
  reason: 'PutObject' | 'CopyObject' | 'CompleteMultipartUpload' | 'DeleteObject'
  deletion?: 'Permanently Deleted' | 'Delete Marker Created'
}

/** Tells the owner's event bus, if the bucket asks for it (S3 User Guide, "EventBridge event message structure"). */
export function emitObjectEvent(call: Call, bucket: BucketRow, change: ObjectChange): void {
  const notification = bucket.configurations.notification as { EventBridgeConfiguration?: object } | undefined
  if (!notification?.EventBridgeConfiguration) return
  const { key, version } = change
  call.emit({
    source: 'aws.s3',
    detailType: change.type,
    account: bucket.account,
    region: bucket.region,
    resources: [bucketArn(call, bucket.name)],
    detail: {
      version: '0',
      bucket: { name: bucket.name },
      object: {
        key,
        ...(version.body ? { size: version.body.bytes, etag: version.etag.replace(/"/g, '') } : {}),
        ...(bucket.versioning === undefined ? {} : { 'version-id': version.id }),
        sequencer: call.now.getTime().toString(16).toUpperCase().padStart(16, '0'),
      },
      'request-id': call.requestId,
      requester: requesterOf(call),
      'source-ip-address': call.origin.sourceIp,
      reason: change.reason,
      ...(change.deletion ? { 'deletion-type': change.deletion } : {}),
    },
  })
}

/** Account of the caller, or the service that acts. */
function requesterOf({ principal }: Call): string {
  if (principal.type === 'service') return principal.service
  return principal.type === 'anonymous' ? 'anonymous' : principal.account
}
