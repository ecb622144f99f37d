import type {
  DeleteBucketLifecycleRequest,
  GetBucketLifecycleConfigurationOutput,
  GetBucketLifecycleConfigurationRequest,
  PutBucketLifecycleConfigurationOutput,
  PutBucketLifecycleConfigurationRequest,
} from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { bucketAccess } from './access.ts'
import { setConfiguration } from './bucket-configuration.ts'
import { malformedXml, notConfigured } from './errors.ts'
import { buckets, openBucket } from './state.ts'

/** Clients wait for this header to come back as they sent it (S3 API Reference, PutBucketLifecycleConfiguration). */
const defaultMinimum = 'all_storage_classes_128K'

export const getBucketLifecycleConfiguration = operation<
  GetBucketLifecycleConfigurationRequest,
  GetBucketLifecycleConfigurationOutput
>({
  name: 'GetBucketLifecycleConfiguration',
  access: (input, call) => [bucketAccess(call, input, 's3:GetLifecycleConfiguration')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const stored = bucket.configurations.lifecycle
    if (!stored)
      throw notConfigured('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist', bucket.name)
    return stored
  },
})

export const putBucketLifecycleConfiguration = operation<
  PutBucketLifecycleConfigurationRequest,
  PutBucketLifecycleConfigurationOutput
>({
  name: 'PutBucketLifecycleConfiguration',
  access: (input, call) => [bucketAccess(call, input, 's3:PutLifecycleConfiguration')],
  handle: (input, call) => {
    const Rules = input.LifecycleConfiguration?.Rules ?? []
    if (Rules.length === 0) throw malformedXml()
    const ids = Rules.map((rule) => rule.ID).filter((id) => id !== undefined)
    if (new Set(ids).size !== ids.length) throw malformedXml()
    const TransitionDefaultMinimumObjectSize = input.TransitionDefaultMinimumObjectSize ?? defaultMinimum
    const named = Rules.map((rule) => ({ ...rule, ID: rule.ID || call.id(48) }))
    setConfiguration(call, openBucket(call, input), 'lifecycle', { Rules: named, TransitionDefaultMinimumObjectSize })
    return { TransitionDefaultMinimumObjectSize }
  },
})

export const deleteBucketLifecycle = operation<DeleteBucketLifecycleRequest, Record<string, never>>({
  name: 'DeleteBucketLifecycle',
  access: (input, call) => [bucketAccess(call, input, 's3:PutLifecycleConfiguration')],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const { lifecycle: _removed, ...configurations } = bucket.configurations
    buckets(call).put(bucket.name, { ...bucket, configurations })
    return {}
  },
})
