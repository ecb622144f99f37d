import { PlatformError } from '@uais/contract'
import type { z } from 'zod'

/**
 * Checks a body before it is sent, so that a wrong file costs no request.
 * @throws PlatformError invalid-request, naming every field as the server would
 */
export function checkBody<S extends z.ZodType>(schema: S, body: unknown): z.input<S> {
  const result = schema.safeParse(body)
  if (result.success) return body as z.input<S>
  const fields = result.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
  throw new PlatformError('invalid-request', 'the request is not well formed', { details: { fields } })
}
