import { z } from 'zod'
import { kindSchema, personSchema } from './resource.ts'
import { instant, uuid } from './text.ts'

export const findingSchema = z.object({
  id: uuid,
  type: z.enum(['drift', 'tamper', 'guardrail', 'cost', 'access']),
  title: z.string(),
  message: z.string(),
  cause: z.string().nullable(),
  actor: z.string().nullable(),
  /** The control that it is about, e.g. the one that stopped a call. */
  control: z.string().nullable(),
  remedy: z.string(),
  state: z.enum(['open', 'resolved']),
  accountId: uuid.nullable(),
  resource: z.object({ kind: kindSchema, id: uuid, name: z.string() }).nullable(),
  at: instant,
})

/** One act, by a person or by the platform. `outcome` is what came of it: refused acts are recorded too. */
export const auditEntrySchema = z.object({
  id: z.string(),
  at: instant,
  actor: personSchema.nullable(),
  action: z.string(),
  outcome: z.enum(['done', 'refused', 'failed']),
  subject: z.object({ kind: z.string(), id: z.string(), name: z.string() }).nullable(),
  detail: z.string(),
})

/** Lineage as a graph: object → data source → training job → artifact → model package → review → endpoint. */
export const lineageNode = z.object({
  id: z.string(),
  type: z.enum([
    'object',
    'data-source',
    'training-job',
    'artifact',
    'model-package',
    'review',
    'endpoint',
    'person',
    'prediction',
  ]),
  label: z.string(),
  detail: z.record(z.string(), z.string()),
})
export const lineageSchema = z.object({
  nodes: z.array(lineageNode),
  edges: z.array(z.object({ from: z.string(), to: z.string(), relation: z.string(), evidence: z.string() })),
})

export type Lineage = z.infer<typeof lineageSchema>

export const groupSchema = z.object({
  id: uuid,
  displayName: z.string(),
  description: z.string().nullable(),
  memberCount: z.int().nullable(),
})

/** Who is signed in, what that person may do platform-wide, and the links of this installation. */
export const sessionSchema = z.object({
  person: personSchema,
  platformRoles: z.array(z.enum(['admin', 'reviewer', 'auditor'])),
  ownsAccounts: z.array(uuid),
  expiresAt: instant,
  csrfToken: z.string(),
})
export type Session = z.infer<typeof sessionSchema>
