import { z } from 'zod'
import { resourceOf } from './resource.ts'
import { instant, uuid } from './text.ts'

/** Models are discovered from the SageMaker Model Registry by event and sweep, never created by hand. */
export const modelSpec = z.object({ modelPackageGroupName: z.string(), modelPackageGroupArn: z.string() })
export const modelSchema = resourceOf(
  'Model',
  modelSpec,
  z.object({ versions: z.int(), latestVersion: z.int().nullable() }),
)
export type Model = z.infer<typeof modelSchema>

export const modelVersionSpec = z.object({
  modelId: uuid,
  version: z.int(),
  modelPackageArn: z.string(),
  registeredAt: instant,
  registeredBy: z.object({
    sourceIdentity: z.string().nullable(),
    principalArn: z.string().nullable(),
    name: z.string().nullable(),
  }),
  artifact: z.object({
    uri: z.string(),
    versionId: z.string().nullable(),
    etag: z.string(),
    sha256: z.string(),
    bytes: z.int(),
  }),
  image: z.object({ uri: z.string(), digest: z.string().nullable() }),
  trainingJob: z
    .object({
      name: z.string(),
      arn: z.string(),
      algorithm: z.string(),
      hyperParameters: z.record(z.string(), z.string()),
      inputs: z.array(z.string()),
    })
    .nullable(),
  metrics: z.array(z.object({ name: z.string(), value: z.number() })),
})
export const modelVersionOutputs = z.object({
  approval: z.enum(['PendingManualApproval', 'Approved', 'Rejected']),
  reviewId: uuid.nullable(),
  reviewStatus: z.string().nullable(),
})
export const modelVersionSchema = resourceOf('ModelVersion', modelVersionSpec, modelVersionOutputs)
export type ModelVersion = z.infer<typeof modelVersionSchema>
