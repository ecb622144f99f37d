import { z } from 'zod'
import { instant, uuid } from './text.ts'

/** One concrete request, as it would be sent to AWS. `context` holds the condition keys that matter to it. */
export const provedRequestSchema = z.object({
  principal: z.string(),
  action: z.string(),
  resource: z.string(),
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())])),
})
export type ProvedRequest = z.infer<typeof provedRequestSchema>

/** A request that breaks a promise, in words and as it would be sent. `steps` come before it where it takes a chain. */
export const counterexampleSchema = provedRequestSchema.extend({
  sentence: z.string(),
  steps: z.array(provedRequestSchema),
})
export type CounterexampleView = z.infer<typeof counterexampleSchema>

/** `unknown` counts as a failure: what cannot be decided is not promised. */
export const verdictSchema = z.enum(['proved', 'disproved', 'unknown'])
export type Verdict = z.infer<typeof verdictSchema>

/** One promise of one control, and what the prover said of it. */
export const proofResultSchema = z.object({
  /** The control's id: `IMM-1`. */
  control: z.string(),
  /** The promise's id: `IMM-1/tamper`. */
  invariant: z.string(),
  verdict: verdictSchema,
  /** One sentence: what was shown, who could do it, or why it cannot be decided. */
  why: z.string(),
  counterexample: counterexampleSchema.nullable(),
  scope: z.object({
    actions: z.int(),
    principals: z.int(),
    resources: z.int(),
    /** Condition keys whose every value was considered. */
    unbounded: z.array(z.string()),
  }),
  /** What the proof takes for granted; shown wherever the verdict is. */
  assumptions: z.array(z.string()),
  ms: z.number(),
  /** The exception in force that covers exactly this, where it is not proved. */
  exceptionId: uuid.nullable(),
})
export type ProofResult = z.infer<typeof proofResultSchema>

/**
 * `planned`: documents of a plan before it is applied; `live`: documents read back from the account; `existing`: what
 * the account had before UAIS came; `what-if`: documents as someone edited them.
 */
export const proofBasisSchema = z.enum(['planned', 'live', 'existing', 'what-if'])
export type ProofBasis = z.infer<typeof proofBasisSchema>

/** Something live that is not what was applied, and who did it where CloudTrail says. */
export const liveDifferenceSchema = z.object({
  /** What differs: an ARN, and which of its documents. */
  resource: z.string(),
  document: z.string(),
  message: z.string(),
  actor: z.string().nullable(),
  at: instant.nullable(),
})
export type LiveDifference = z.infer<typeof liveDifferenceSchema>

/** A proof of a whole account. */
export const proofReportSchema = z.object({
  basis: proofBasisSchema,
  at: instant,
  /** Milliseconds of the proof itself, without reading the documents. */
  ms: z.number(),
  results: z.array(proofResultSchema),
  /** For basis `live`: where the account differs from what was applied. */
  differences: z.array(liveDifferenceSchema),
  /** What could not be read, and so was taken from what was compiled; empty = all was read. */
  notRead: z.array(z.string()),
})
export type ProofReport = z.infer<typeof proofReportSchema>

/** "With what you have today, these 3 of your roles could …": one promise, and who could break it. */
export const existingRiskSchema = z.object({
  control: z.string(),
  title: z.string(),
  invariant: z.string(),
  verdict: verdictSchema,
  why: z.string(),
  /** ARNs of the roles and users of today that could; at most 25. */
  principals: z.array(z.string()),
  counterexample: counterexampleSchema.nullable(),
})
export type ExistingRisk = z.infer<typeof existingRiskSchema>

/** What an account's own principals and service control policies allow before UAIS makes anything in it. */
export const existingProofSchema = z.object({
  state: z.enum(['not-started', 'running', 'done', 'failed']),
  /** One sentence: the sum of it, or why it failed and what to do. */
  summary: z.string(),
  startedAt: instant.nullable(),
  finishedAt: instant.nullable(),
  ms: z.number(),
  roles: z.int(),
  users: z.int(),
  /** Null where the organization could not be read: then the proof counts none. */
  serviceControlPolicies: z.int().nullable(),
  risks: z.array(existingRiskSchema),
  assumptions: z.array(z.string()),
})
export type ExistingProof = z.infer<typeof existingProofSchema>
