import { z } from 'zod'
import { instant, longText, shortText, uuid } from './text.ts'

export const kinds = [
  'Account',
  'Project',
  'Workspace',
  'DataSource',
  'Model',
  'ModelVersion',
  'Review',
  'Deployment',
  'Exception',
] as const
export const kindSchema = z.enum(kinds)
export type Kind = z.infer<typeof kindSchema>

/** Where a resource stands. `Waiting` = on a person (approval, bootstrap); `Failed` carries a condition that says why. */
export const phaseSchema = z.enum([
  'Pending',
  'Waiting',
  'Progressing',
  'Ready',
  'Paused',
  'Failed',
  'Deleting',
  'Deleted',
])
export type Phase = z.infer<typeof phaseSchema>

/** One observed fact about a resource, as Kubernetes conditions. */
export const conditionSchema = z.object({
  type: shortText(64),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: shortText(64),
  message: longText(),
  at: instant,
})
export type Condition = z.infer<typeof conditionSchema>

export const personSchema = z.object({ oid: uuid, name: z.string(), userPrincipalName: z.string() })
export type Person = z.infer<typeof personSchema>

/** `status` common to all kinds; each kind adds `outputs`. */
export const statusOf = <Outputs extends z.ZodType>(outputs: Outputs) =>
  z.object({
    phase: phaseSchema,
    observedGeneration: z.int(),
    conditions: z.array(conditionSchema),
    outputs,
    lastRunId: uuid.nullable(),
  })

/** The envelope of every kind. `generation` counts changes of `spec`; `status.observedGeneration` says which one is live. */
export const resourceOf = <K extends Kind, Spec extends z.ZodType, Outputs extends z.ZodType>(
  kind: K,
  spec: Spec,
  outputs: Outputs,
) =>
  z.object({
    kind: z.literal(kind),
    id: uuid,
    name: z.string(),
    generation: z.int(),
    createdAt: instant,
    updatedAt: instant,
    createdBy: personSchema.nullable(),
    deletionRequestedAt: instant.nullable(),
    accountId: uuid.nullable(),
    projectId: uuid.nullable(),
    spec,
    status: statusOf(outputs),
  })

/** A page of a list: pass `nextCursor` back as `cursor`; null at the end. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), total: z.int() })

export const pageQuery = z.object({
  search: z.string().trim().max(100).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(25),
  cursor: z.string().max(200).optional(),
})
