import { z } from 'zod'
import { resourceOf } from './resource.ts'
import { shortText, slug, uuid } from './text.ts'

/** A real-time endpoint of exactly one approved artifact. Stack `endpoint`. */
export const deploymentSpec = z.object({
  modelVersionId: uuid,
  environment: z.enum(['test', 'production']),
  instanceType: z.string().regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/),
  instanceCount: z.int().min(1).max(10).default(1),
  dataCapturePercent: z.int().min(0).max(100).default(0),
})
export type DeploymentSpec = z.infer<typeof deploymentSpec>
export const deploymentOutputs = z.object({
  endpointName: z.string().optional(),
  endpointArn: z.string().optional(),
  endpointConfigName: z.string().optional(),
  /** The SageMaker Runtime invocations URL. */
  url: z.string().optional(),
  servedArtifactSha256: z.string().optional(),
})
export const deploymentSchema = resourceOf('Deployment', deploymentSpec, deploymentOutputs)
export type Deployment = z.infer<typeof deploymentSchema>
export const deploymentCreate = z.object({ name: slug(), spec: deploymentSpec })

/** A ready-made choice on the deployment page, with what it costs. */
export const deploymentConfigurationSchema = z.object({
  id: shortText(40),
  title: z.string(),
  description: z.string(),
  instanceType: z.string(),
  instanceCount: z.int(),
  environment: z.enum(['test', 'production']),
  usdPerHour: z.number(),
})
