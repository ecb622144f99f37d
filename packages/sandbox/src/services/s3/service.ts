import type { Service } from '../../kernel/service.ts'
import { getBucketAcl, getObjectAcl, putBucketAcl, putObjectAcl } from './acl.ts'
import { bucketCors } from './bucket-cors.ts'
import { bucketEncryption } from './bucket-encryption.ts'
import {
  deleteBucketLifecycle,
  getBucketLifecycleConfiguration,
  putBucketLifecycleConfiguration,
} from './bucket-lifecycle.ts'
import { bucketOwnership } from './bucket-ownership.ts'
import { deleteBucketPolicy, getBucketPolicy, getBucketPolicyStatus, putBucketPolicy } from './bucket-policy.ts'
import { addBucketRegion } from './bucket-region.ts'
import {
  bucketAbac,
  bucketAccelerate,
  bucketLogging,
  bucketNotification,
  bucketReplication,
  bucketRequestPayment,
  bucketWebsite,
} from './bucket-settings.ts'
import { deleteBucketTagging, getBucketTagging, putBucketTagging } from './bucket-tagging.ts'
import { getBucketVersioning, putBucketVersioning } from './bucket-versioning.ts'
import { completeMultipartUpload } from './complete-multipart-upload.ts'
import { copyObject } from './copy-object.ts'
import { addCorsHeaders, preflight } from './cors.ts'
import { createBucket } from './create-bucket.ts'
import { deleteBucket } from './delete-bucket.ts'
import { deleteObject } from './delete-object.ts'
import { deleteObjects } from './delete-objects.ts'
import { getObject } from './get-object.ts'
import { getObjectAttributes } from './get-object-attributes.ts'
import { getBucketLocation, headBucket } from './head-bucket.ts'
import { headObject } from './head-object.ts'
import { listBuckets } from './list-buckets.ts'
import { listObjectVersions } from './list-object-versions.ts'
import { listObjects, listObjectsV2 } from './list-objects.ts'
import { listMultipartUploads, listParts } from './list-uploads.ts'
import { abortMultipartUpload, createMultipartUpload } from './multipart-upload.ts'
import { getObjectLockConfiguration, putObjectLockConfiguration } from './object-lock.ts'
import { getObjectLegalHold, getObjectRetention, putObjectLegalHold, putObjectRetention } from './object-retention.ts'
import { deleteObjectTagging, getObjectTagging, putObjectTagging } from './object-tagging.ts'
import { isFormUpload, postObject } from './post-object.ts'
import { publicAccessBlock } from './public-access-block.ts'
import { putObject } from './put-object.ts'
import { taggedBuckets } from './tagged-buckets.ts'
import { uploadPart, uploadPartCopy } from './upload-part.ts'

export const service: Service = {
  name: 's3',
  model: 's3',
  scope: 'global',
  raw: async (request, door) => {
    if (request.method === 'OPTIONS') return preflight(request, door)
    return isFormUpload(request) ? postObject(request, door) : undefined
  },
  decorate: async (request, answer, door) => {
    await addCorsHeaders(request, answer, door)
    await addBucketRegion(request, answer, door)
  },
  operations: [
    createBucket,
    deleteBucket,
    headBucket,
    getBucketLocation,
    listBuckets,
    getBucketPolicy,
    putBucketPolicy,
    deleteBucketPolicy,
    getBucketPolicyStatus,
    getBucketTagging,
    putBucketTagging,
    deleteBucketTagging,
    getBucketVersioning,
    putBucketVersioning,
    getBucketLifecycleConfiguration,
    putBucketLifecycleConfiguration,
    deleteBucketLifecycle,
    getObjectLockConfiguration,
    putObjectLockConfiguration,
    getBucketAcl,
    putBucketAcl,
    ...publicAccessBlock,
    ...bucketEncryption,
    ...bucketOwnership,
    ...bucketCors,
    ...bucketWebsite,
    ...bucketAccelerate,
    ...bucketRequestPayment,
    ...bucketLogging,
    ...bucketNotification,
    ...bucketReplication,
    ...bucketAbac,
    putObject,
    getObject,
    headObject,
    deleteObject,
    deleteObjects,
    copyObject,
    getObjectAttributes,
    getObjectAcl,
    putObjectAcl,
    getObjectTagging,
    putObjectTagging,
    deleteObjectTagging,
    getObjectRetention,
    putObjectRetention,
    getObjectLegalHold,
    putObjectLegalHold,
    listObjects,
    listObjectsV2,
    listObjectVersions,
    createMultipartUpload,
    uploadPart,
    uploadPartCopy,
    completeMultipartUpload,
    abortMultipartUpload,
    listParts,
    listMultipartUploads,
  ],
  tagged: taggedBuckets,
}
