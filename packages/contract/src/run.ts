import { z } from 'zod'
import { counterexampleSchema } from './proof.ts'
import { kindSchema, personSchema } from './resource.ts'
import { instant, longText, uuid } from './text.ts'

export const stackKinds = ['organization', 'account', 'project', 'data-source', 'endpoint'] as const
export const stackKindSchema = z.enum(stackKinds)
export type StackKind = z.infer<typeof stackKindSchema>

/** Phases in order; a run ends in one of the last four. */
export const runPhases = [
  'queued',
  'preparing',
  'planning',
  'proving',
  'awaiting-approval',
  'applying',
  'verifying',
  'succeeded',
  'failed',
  'cancelled',
  'lost',
] as const
export const runPhaseSchema = z.enum(runPhases)
export type RunPhase = z.infer<typeof runPhaseSchema>

/** One resource change of a plan; `before`/`after` hold changed attributes only, sensitive values masked. */
export const plannedChangeSchema = z.object({
  address: z.string(),
  type: z.string(),
  actions: z.array(z.enum(['no-op', 'create', 'read', 'update', 'delete', 'import', 'forget'])),
  attributes: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
})
export const planSchema = z.object({
  summary: z.object({ add: z.int(), change: z.int(), destroy: z.int(), import: z.int() }),
  changes: z.array(plannedChangeSchema),
  costNote: z.string(),
  monthlyUsd: z.number().nullable(),
  checks: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      passed: z.boolean(),
      message: z.string(),
      /** Of a promise that is not proved: the request that breaks it. */
      counterexample: counterexampleSchema.optional(),
      /** The exception that lets the plan pass although the promise is not proved. */
      exceptionId: uuid.optional(),
    }),
  ),
})
export type Plan = z.infer<typeof planSchema>

/** The record of one Terraform run of one stack. */
export const runSchema = z.object({
  id: uuid,
  stack: z.object({
    kind: stackKindSchema,
    key: z.string(),
    resourceKind: kindSchema,
    resourceId: uuid,
    resourceName: z.string(),
  }),
  operation: z.enum(['apply', 'destroy', 'drift-check']),
  reason: z.string(),
  phase: runPhaseSchema,
  engine: z.string().nullable(),
  provider: z.string().nullable(),
  awsAccountId: z.string(),
  requestedBy: personSchema.nullable(),
  approvedBy: personSchema.nullable(),
  createdAt: instant,
  startedAt: instant.nullable(),
  endedAt: instant.nullable(),
  /**
   * Seconds per phase so far, and the median of earlier runs of this stack kind and operation. A live run also names
   * the phases that are still to come, with 0 seconds.
   */
  timings: z.array(z.object({ phase: runPhaseSchema, seconds: z.number(), typicalSeconds: z.number().nullable() })),
  plan: planSchema.nullable(),
  error: z.object({ code: z.string(), message: z.string(), remedy: z.string() }).nullable(),
})
export type Run = z.infer<typeof runSchema>

export const runLogLine = z.object({
  seq: z.int(),
  at: instant,
  level: z.enum(['info', 'warn', 'error']),
  phase: runPhaseSchema,
  message: z.string(),
  address: z.string().nullable(),
})
export type RunLogLine = z.infer<typeof runLogLine>

/** Server-sent events of `GET /runs/{id}/events`: `run` with the run, `log` with a line; ids resume by Last-Event-ID. */
export const runDecision = z.object({ comment: longText(1000).default('') })
