import { bucketConfiguration } from './bucket-configuration.ts'
import { invalidRequest } from './errors.ts'

/** Sub-resources that S3 keeps and gives back, and that change nothing in the sandbox. */

export const bucketWebsite = bucketConfiguration({
  kind: 'website',
  member: 'WebsiteConfiguration',
  get: { name: 'GetBucketWebsite', action: 's3:GetBucketWebsite' },
  put: { name: 'PutBucketWebsite', action: 's3:PutBucketWebsite' },
  remove: { name: 'DeleteBucketWebsite', action: 's3:DeleteBucketWebsite' },
  missing: {
    code: 'NoSuchWebsiteConfiguration',
    message: 'The specified bucket does not have a website configuration',
  },
  answer: (stored) => stored,
})

export const bucketAccelerate = bucketConfiguration({
  kind: 'accelerate',
  member: 'AccelerateConfiguration',
  get: { name: 'GetBucketAccelerateConfiguration', action: 's3:GetAccelerateConfiguration' },
  put: { name: 'PutBucketAccelerateConfiguration', action: 's3:PutAccelerateConfiguration' },
  initial: () => ({}),
  answer: (stored) => stored,
})

export const bucketRequestPayment = bucketConfiguration({
  kind: 'requestPayment',
  member: 'RequestPaymentConfiguration',
  get: { name: 'GetBucketRequestPayment', action: 's3:GetBucketRequestPayment' },
  put: { name: 'PutBucketRequestPayment', action: 's3:PutBucketRequestPayment' },
  initial: () => ({ Payer: 'BucketOwner' }),
  answer: (stored) => stored,
})

export const bucketLogging = bucketConfiguration({
  kind: 'logging',
  member: 'BucketLoggingStatus',
  get: { name: 'GetBucketLogging', action: 's3:GetBucketLogging' },
  put: { name: 'PutBucketLogging', action: 's3:PutBucketLogging' },
  initial: () => ({}),
  answer: (stored) => stored,
})

export const bucketNotification = bucketConfiguration({
  kind: 'notification',
  member: 'NotificationConfiguration',
  get: { name: 'GetBucketNotificationConfiguration', action: 's3:GetBucketNotification' },
  put: { name: 'PutBucketNotificationConfiguration', action: 's3:PutBucketNotification' },
  initial: () => ({}),
  answer: (stored) => stored,
  store: (_bucket, given) => {
    const { EventBridgeConfiguration, ...others } = given as Record<string, unknown[] | object | undefined>
    if (Object.values(others).some((list) => Array.isArray(list) && list.length > 0))
      throw invalidRequest('This sandbox sends bucket notifications to EventBridge only')
    return EventBridgeConfiguration ? { EventBridgeConfiguration } : {}
  },
})

/** Read only: the sandbox replicates nothing, so it takes no replication configuration. */
export const bucketReplication = bucketConfiguration({
  kind: 'replication',
  member: 'ReplicationConfiguration',
  get: { name: 'GetBucketReplication', action: 's3:GetReplicationConfiguration' },
  remove: { name: 'DeleteBucketReplication', action: 's3:PutReplicationConfiguration' },
  missing: {
    code: 'ReplicationConfigurationNotFoundError',
    message: 'The replication configuration was not found',
  },
})

export const bucketAbac = bucketConfiguration({
  kind: 'abac',
  member: 'AbacStatus',
  get: { name: 'GetBucketAbac', action: 's3:GetBucketAbac' },
  put: { name: 'PutBucketAbac', action: 's3:PutBucketAbac' },
  initial: () => ({ Status: 'Disabled' }),
})
