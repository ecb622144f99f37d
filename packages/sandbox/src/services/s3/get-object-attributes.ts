import type { GetObjectAttributesOutput, GetObjectAttributesRequest } from '@aws-sdk/client-s3'
import { operation } from '../../kernel/operation.ts'
import { objectAccess, readAccess, versioned } from './access.ts'
import { checksumMembers } from './checksum.ts'
import { openBucket, openVersion, versionHeader } from './state.ts'

export const getObjectAttributes = operation<GetObjectAttributesRequest, GetObjectAttributesOutput>({
  name: 'GetObjectAttributes',
  event: 'data',
  access: (input, call) => [
    ...readAccess(call, input),
    objectAccess(call, input, versioned(input, 's3:GetObjectAttributes')),
  ],
  handle: (input, call) => {
    const bucket = openBucket(call, input)
    const version = openVersion(call, bucket.name, input.Key ?? '', input.VersionId)
    const wants = (name: string) => input.ObjectAttributes?.includes(name as 'ETag') ?? false
    return {
      LastModified: new Date(version.modifiedAt),
      VersionId: versionHeader(bucket, version),
      ...(wants('ETag') ? { ETag: version.etag.replace(/"/g, '') } : {}),
      ...(wants('Checksum') && version.checksum ? { Checksum: checksumMembers(version.checksum) } : {}),
      ...(wants('ObjectParts') && version.partSizes
        ? { ObjectParts: { TotalPartsCount: version.partSizes.length, IsTruncated: false } }
        : {}),
      ...(wants('StorageClass') ? { StorageClass: (version.storageClass ?? 'STANDARD') as 'STANDARD' } : {}),
      ...(wants('ObjectSize') ? { ObjectSize: version.body.bytes } : {}),
    }
  },
})
