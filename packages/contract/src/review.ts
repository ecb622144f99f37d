import { z } from 'zod'
import { personSchema, resourceOf } from './resource.ts'
import { instant, longText, shortText, uuid } from './text.ts'

/** The Machine Learning Review Board's form. A published version is never edited; a review keeps the one it began with. */
export const reviewFormSchema = z.object({
  version: z.string(),
  publishedAt: instant,
  title: z.string(),
  requiredSignOffs: z.int().min(1),
  questions: z.array(
    z.object({
      id: z.string(),
      section: z.string(),
      label: z.string(),
      help: z.string(),
      type: z.enum(['text', 'long-text', 'choice', 'confirm']),
      required: z.boolean(),
      choices: z.array(z.string()).optional(),
      minLength: z.int().optional(),
    }),
  ),
})
export type ReviewForm = z.infer<typeof reviewFormSchema>

export const answersSchema = z.record(shortText(64), z.union([longText(), z.boolean()]))

/** Collected by the platform when the review is submitted, not typed by the submitter. */
export const evidenceSchema = z.object({
  metrics: z.array(z.object({ name: z.string(), value: z.number() })),
  trainingJobArn: z.string().nullable(),
  inputs: z.array(
    z.object({ uri: z.string(), dataSource: z.string().nullable(), classification: z.string().nullable() }),
  ),
  artifactSha256: z.string(),
  imageUri: z.string(),
})

export const reviewSpec = z.object({
  modelVersionId: uuid,
  formVersion: z.string(),
  /** The decision binds this digest and no other. */
  artifactSha256: z.string(),
  answers: answersSchema,
  evidence: evidenceSchema,
  submittedBy: personSchema,
})
export const signOffSchema = z.object({
  reviewer: personSchema,
  decision: z.enum(['approve', 'reject']),
  comment: z.string(),
  at: instant,
})
export const reviewOutputs = z.object({
  decision: z.enum(['open', 'approved', 'rejected', 'withdrawn']),
  signOffs: z.array(signOffSchema),
  requiredSignOffs: z.int(),
  decidedAt: instant.nullable(),
})
export const reviewSchema = resourceOf('Review', reviewSpec, reviewOutputs)
export type Review = z.infer<typeof reviewSchema>

export const reviewCreate = z.object({ answers: answersSchema })
export const signOffCreate = z.object({
  decision: z.enum(['approve', 'reject']),
  comment: longText(2000).min(3, 'say why'),
})
