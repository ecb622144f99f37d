import { z } from 'zod'
import { resourceOf } from './resource.ts'
import { longText, shortText, slug, uuid } from './text.ts'

export const projectRoles = ['lead', 'scientist', 'viewer'] as const
export const projectRoleSchema = z.enum(projectRoles)

/** A piece of work with an objective, done by the members of Entra groups inside one account. Stack `project`. */
export const projectSpec = z.object({
  accountId: uuid,
  objective: longText(2000).min(10, 'say in a sentence what the project is for'),
  costCentre: shortText(64),
  classification: z.enum(['public', 'internal', 'confidential', 'restricted']),
  /** Entra groups by object id; membership is read from Graph, direct members only. */
  groups: z
    .array(z.object({ groupId: uuid, role: projectRoleSchema }))
    .min(1)
    .max(10)
    .refine((groups) => groups.some((g) => g.role === 'lead'), 'one group must have the role lead')
    .refine((groups) => new Set(groups.map((g) => g.groupId)).size === groups.length, 'a group is named twice'),
  monthlyBudgetUsd: z.number().int().min(1).max(1_000_000).default(200),
})
export type ProjectSpec = z.infer<typeof projectSpec>

export const projectOutputs = z.object({
  studioRoleArn: z.string().optional(),
  trainingRoleArn: z.string().optional(),
  inferenceRoleArn: z.string().optional(),
  prefixUri: z.string().optional(),
  modelPackageGroup: z.string().optional(),
  secretsPath: z.string().optional(),
})

export const projectSchema = resourceOf('Project', projectSpec, projectOutputs)
export type Project = z.infer<typeof projectSchema>
export const projectCreate = z.object({ name: slug(), spec: projectSpec })
/** Without defaults: what is left out stays. */
export const projectUpdate = z.object({
  generation: z.int(),
  spec: projectSpec
    .omit({ accountId: true })
    .extend({ monthlyBudgetUsd: projectSpec.shape.monthlyBudgetUsd.unwrap() })
    .partial(),
})

export const memberSchema = z.object({
  oid: uuid,
  name: z.string(),
  userPrincipalName: z.string(),
  roles: z.array(projectRoleSchema),
  /** Names of the groups that make this person a member. */
  groups: z.array(z.object({ id: uuid, name: z.string() })),
})
