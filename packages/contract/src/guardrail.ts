import { z } from 'zod'
import { exceptionSchema } from './exception.ts'
import { proofBasisSchema, proofResultSchema, verdictSchema } from './proof.ts'
import { instant, longText, uuid } from './text.ts'

/** One guardrail as the catalogue describes it. */
export const guardrailSchema = z.object({
  id: z.string(),
  title: z.string(),
  category: z.enum(['immutability', 'identity', 'isolation', 'network', 'data', 'deployment', 'cost', 'monitoring']),
  words: z.string(),
  enforcedBy: z.array(z.string()),
  limits: z.array(z.string()),
  sources: z.array(z.string()),
})

/** One policy document of an account, as compiled. `name` is the key that `what-if` takes it back under. */
export const guardrailDocumentSchema = z.object({
  /** `<stack>:<document>`, e.g. `organization/claims:guardrails-1`, `project/claims/fraud:studio`. */
  name: z.string(),
  /** What it is: `service control policy`, `permissions boundary`, `identity policy`, ... */
  kind: z.string(),
  /** Indented JSON. */
  text: z.string(),
  /** As AWS counts them, and how many it allows; null where AWS publishes no limit. */
  characters: z.int(),
  limit: z.int().nullable(),
  /** Controls that have statements in it. */
  controls: z.array(z.string()),
})
export type GuardrailDocument = z.infer<typeof guardrailDocumentSchema>

/** How a control's promises stand in one account. */
export const guardrailProofSchema = z.object({
  /**
   * `excepted`: not proved, and each failure is covered by an exception in force; `no-promise`: the control only
   * detects, there is nothing to prove.
   */
  state: z.enum(['proved', 'excepted', 'disproved', 'unknown', 'not-yet-proved', 'no-promise']),
  basis: proofBasisSchema.nullable(),
  at: instant.nullable(),
  ms: z.number(),
  results: z.array(proofResultSchema),
})
export type GuardrailProof = z.infer<typeof guardrailProofSchema>

/** A guardrail as it stands in one account. */
export const accountGuardrail = guardrailSchema.extend({
  state: z.enum(['enforced', 'detect-and-repair', 'not-yet-applied']),
  statements: z.array(z.record(z.string(), z.unknown())),
  proof: guardrailProofSchema,
  /** Asked for or in force; newest first. */
  exceptions: z.array(exceptionSchema),
  /** The documents that carry its statements, with their sizes; their texts are in `accounts.guardrail-documents`. */
  documents: z.array(guardrailDocumentSchema.omit({ text: true, controls: true })),
})
export type AccountGuardrail = z.infer<typeof accountGuardrail>

/** Documents to try in place of the compiled ones, by name; the others stay as they are. */
export const whatIfRequest = z.object({
  documents: z.record(z.string().max(200), z.string().max(60_000)).refine((given) => Object.keys(given).length > 0, {
    message: 'name at least one document',
  }),
})
export const whatIfReportSchema = z.object({
  ms: z.number(),
  /** Only the promises that the edit can touch; all others hold or fail as before. */
  results: z.array(proofResultSchema.extend({ before: verdictSchema })),
  untouched: z.int(),
})
export type WhatIfReport = z.infer<typeof whatIfReportSchema>

/** A call that AWS refused in the account, and the guardrail that stopped it. */
export const denialSchema = z.object({
  /** CloudTrail's event id. */
  id: z.string(),
  at: instant,
  principal: z.string(),
  /** Entra object id of the person or id of the run, where the session carried one. */
  sourceIdentity: z.string().nullable(),
  /** `sagemaker:CreateTrainingJob` */
  call: z.string(),
  resource: z.string().nullable(),
  message: z.string(),
  /** The control whose statement denied it; null: none of ours, or AWS does not say which. */
  control: z.object({ id: z.string(), title: z.string() }).nullable(),
  sid: z.string().nullable(),
  /** The project whose role was used. */
  projectId: uuid.nullable(),
  /** `Stopped by NET-1: …`: what to tell the person, and what they can do. */
  sentence: longText(),
})
export type Denial = z.infer<typeof denialSchema>
