import { z } from 'zod'
import { personSchema, resourceOf } from './resource.ts'
import { instant, longText, shortText } from './text.ts'

/** The longest that an exception may last, in days. */
export const longestExceptionDays = 90

const controlId = shortText(16).regex(/^[A-Z]{3,4}-\d{1,3}$/, "a control's id such as NET-1")
const invariantId = shortText(80).regex(/^[A-Z]{3,4}-\d{1,3}\/[a-z0-9-]+$/, "a promise's id such as NET-1/subnets")
const principalArn = z
  .string()
  .max(600)
  .regex(/^arn:aws[a-z-]*:iam::\d{12}:(role|user)\/[\w+=,.@/-]+$/, 'the ARN of one role or user, without wildcards')

/** Lets one control not hold for a while, in one account or one of its projects, for a reason that is written down. */
export const exceptionSpec = z.object({
  control: controlId,
  /** Only this promise of the control; null = each of them. */
  invariant: invariantId.nullable(),
  /** Only where this principal is who breaks it; null = whoever does. */
  principal: principalArn.nullable(),
  reason: z.string(),
  expiresAt: instant,
  requestedBy: personSchema,
})
export const exceptionOutputs = z.object({
  /** In force only while `approved`. `expired` is written by a sweep; what counts is `expiresAt` itself. */
  decision: z.enum(['requested', 'approved', 'rejected', 'revoked', 'expired']),
  decidedBy: personSchema.nullable(),
  decidedAt: instant.nullable(),
  comment: z.string(),
})
/** `projectId` null: the whole account. The name is made by the server: `net-1-3f2a9c04`. */
export const exceptionSchema = resourceOf('Exception', exceptionSpec, exceptionOutputs)
export type Exception = z.infer<typeof exceptionSchema>

export const exceptionCreate = z.object({
  control: controlId,
  invariant: invariantId.nullable().default(null),
  principal: principalArn.nullable().default(null),
  reason: longText(2000).min(10, 'say what for, in a sentence'),
  /** In the future, at most `longestExceptionDays` away. */
  expiresAt: instant,
})
export const exceptionDecision = z.object({ comment: longText(2000).default('') })
