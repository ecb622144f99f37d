import type { ServerSideEncryptionConfiguration } from '@aws-sdk/client-s3'
import { bucketConfiguration } from './bucket-configuration.ts'
import { invalidArgument, malformedXml } from './errors.ts'
import type { BucketRow } from './state.ts'

/** In force since January 2023 for every bucket that has no other (S3 User Guide, "Default encryption"). */
const initial: ServerSideEncryptionConfiguration = {
  Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: false }],
}

export const bucketEncryption = bucketConfiguration({
  kind: 'encryption',
  member: 'ServerSideEncryptionConfiguration',
  get: { name: 'GetBucketEncryption', action: 's3:GetEncryptionConfiguration' },
  put: { name: 'PutBucketEncryption', action: 's3:PutEncryptionConfiguration' },
  remove: { name: 'DeleteBucketEncryption', action: 's3:PutEncryptionConfiguration' },
  initial: () => initial,
  store: (_bucket, given) => {
    const rules = (given as ServerSideEncryptionConfiguration).Rules ?? []
    const rule = rules[0]?.ApplyServerSideEncryptionByDefault
    if (rules.length !== 1 || (rule === undefined && rules[0]?.BucketKeyEnabled === undefined)) throw malformedXml()
    if (rule?.SSEAlgorithm === 'AES256' && rule.KMSMasterKeyID !== undefined)
      throw invalidArgument('a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms')
    return { Rules: rules.map((item) => ({ BucketKeyEnabled: false, ...item })) }
  },
})

/** The bucket's default encryption for objects that ask for none. */
export function defaultEncryption(bucket: BucketRow) {
  const { Rules } = (bucket.configurations.encryption ?? initial) as ServerSideEncryptionConfiguration
  const rule = Rules?.[0]
  return {
    algorithm: rule?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm ?? 'AES256',
    keyId: rule?.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID,
    bucketKey: rule?.BucketKeyEnabled ?? false,
  }
}
