import { z } from 'zod'
import { resourceOf } from './resource.ts'
import { bucketName, instant, keyPrefix, objectName, shortText, slug } from './text.ts'

const described = {
  purpose: shortText(500),
  classification: z.enum(['public', 'internal', 'confidential', 'restricted']),
}

/** Data a project may read. `s3`: stays where it is. `upload`: brought from the browser straight into the owner's bucket. */
export const dataSourceSpec = z.discriminatedUnion('source', [
  z.object({ source: z.literal('s3'), bucket: bucketName, prefix: keyPrefix, ...described }),
  z.object({ source: z.literal('upload'), ...described }),
])
export type DataSourceSpec = z.infer<typeof dataSourceSpec>

export const dataSourceOutputs = z.object({
  uri: z.string().optional(),
  bucket: z.string().optional(),
  prefix: z.string().optional(),
})
export const dataSourceSchema = resourceOf('DataSource', dataSourceSpec, dataSourceOutputs)
export type DataSource = z.infer<typeof dataSourceSchema>
export const dataSourceCreate = z.object({ name: slug(), spec: dataSourceSpec })

export const uploadRequest = z.object({
  fileName: objectName,
  bytes: z
    .int()
    .min(1)
    .max(5 * 1024 ** 3),
  contentType: z.string().max(100).default('application/octet-stream'),
})
/** A presigned POST (Amazon S3 API Reference, "POST Object"): the browser sends the bytes to the owner's bucket itself. */
export const uploadGrant = z.object({
  url: z.url(),
  fields: z.record(z.string(), z.string()),
  key: z.string(),
  expiresAt: instant,
})
export const dataObject = z.object({ key: z.string(), bytes: z.int(), lastModified: instant, etag: z.string() })
