import { decideWithReasons } from '../evaluate/evaluate.ts'
import { RequestError } from '../evaluate/request-error.ts'
import { PolicyError } from '../policy/policy-error.ts'
import { readBatchRequest } from './batch-request.ts'
import type { Fields } from './fields.ts'

/**
 * One line of `uais iam evaluate --batch`: a JSON request with its policies in, a JSON decision out.
 *
 * Malformed input is answered with `{"id","error":{"code","message"}}`, `id` null when the line has none; never throws.
 */
export function evaluateBatchLine(line: string): string {
  let fields: Fields
  try {
    const parsed: unknown = JSON.parse(line)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
      return failure(null, 'INVALID_REQUEST', 'reading the line: it should hold one JSON object')
    }
    fields = parsed as Fields
  } catch (error) {
    return failure(null, 'JSON_SYNTAX_ERROR', `reading the line as JSON: ${(error as Error).message}`)
  }
  const id = fields.id ?? null
  try {
    const { request, policies } = readBatchRequest(fields)
    const { decision, because } = decideWithReasons(request, policies)
    return JSON.stringify({ id, decision, because })
  } catch (error) {
    if (error instanceof PolicyError || error instanceof RequestError) return failure(id, error.code, error.message)
    return failure(id, 'INTERNAL_ERROR', `evaluating the request: ${(error as Error).message}`)
  }
}

function failure(id: unknown, code: string, message: string): string {
  return JSON.stringify({ id, error: { code, message } })
}
