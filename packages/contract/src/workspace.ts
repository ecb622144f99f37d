import { z } from 'zod'
import { resourceOf } from './resource.ts'
import { instant, slug, uuid } from './text.ts'

/** One member's SageMaker Studio: a user profile named by the Entra object id, and a private space. */
export const workspaceSpec = z.object({
  memberOid: uuid,
  instanceType: z
    .string()
    .regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/)
    .default('ml.t3.medium'),
})
export const workspaceOutputs = z.object({
  domainId: z.string().optional(),
  userProfileName: z.string().optional(),
  userProfileArn: z.string().optional(),
  spaceName: z.string().optional(),
  executionRoleArn: z.string().optional(),
})
export const workspaceSchema = resourceOf('Workspace', workspaceSpec, workspaceOutputs)
export type Workspace = z.infer<typeof workspaceSchema>
export const workspaceCreate = z.object({ name: slug().optional(), spec: workspaceSpec.partial({ memberOid: true }) })

/** Minted on click for exactly this person, never stored. */
export const workspaceUrl = z.object({ url: z.url(), expiresAt: instant, sessionExpiresAt: instant })
