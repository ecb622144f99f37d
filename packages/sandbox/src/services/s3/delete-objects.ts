import type { DeleteObjectOutput, DeleteObjectsOutput, DeleteObjectsRequest } from '@aws-sdk/client-s3'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { verifiedChecksum } from './checksum.ts'
import { malformedXml } from './errors.ts'
import { openBucket } from './state.ts'

const maxObjects = 1000

/**
 * Each object is deleted, decided and recorded as a call of its own: a refusal of one does not hold up the others
 * (S3 API Reference, DeleteObjects). So there is no permission for the request as a whole.
 */
export const deleteObjects = operation<DeleteObjectsRequest, DeleteObjectsOutput>({
  name: 'DeleteObjects',
  event: 'data',
  access: () => [],
  handle: async (input, call) => {
    openBucket(call, input)
    const wanted = input.Delete?.Objects ?? []
    if (wanted.length === 0 || wanted.length > maxObjects) throw malformedXml()
    if (call.http) verifiedChecksum({ ...input, ChecksumAlgorithm: undefined }, call.http.body)
    const deleted: NonNullable<DeleteObjectsOutput['Deleted']> = []
    const errors: NonNullable<DeleteObjectsOutput['Errors']> = []
    for (const { Key, VersionId, ETag } of wanted) {
      const named = { Key, ...(VersionId === undefined ? {} : { VersionId }) }
      try {
        const done = await call.invoke<DeleteObjectOutput>('s3', 'DeleteObject', {
          Bucket: input.Bucket,
          ...named,
          ...(ETag === undefined ? {} : { IfMatch: ETag }),
          BypassGovernanceRetention: input.BypassGovernanceRetention,
        })
        deleted.push({ ...named, ...markerOf(done, VersionId) })
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        errors.push({ ...named, Code: error.code, Message: error.message })
      }
    }
    return { ...(input.Delete?.Quiet ? {} : { Deleted: deleted }), ...(errors.length > 0 ? { Errors: errors } : {}) }
  },
})

/** The delete marker that was made, or the one that was removed. */
function markerOf(done: DeleteObjectOutput, versionId: string | undefined) {
  if (!done.DeleteMarker) return {}
  return { DeleteMarker: true, DeleteMarkerVersionId: versionId ?? done.VersionId }
}
