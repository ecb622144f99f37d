import { type ErrorCode, errorCodes, PlatformError } from '@uais/contract'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors, isResponseSerializationError } from 'fastify-type-provider-zod'

interface FieldFault {
  path: string
  message: string
}

/** Fastify's own error codes (Fastify reference, "Errors") in our words; whatever is not listed is our fault: `internal`. */
const fastifyCodes: Record<string, [ErrorCode, string]> = {
  FST_ERR_CTP_BODY_TOO_LARGE: [
    'too-large',
    'reading the body: it is larger than 1 MB; upload data with an upload grant',
  ],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['unsupported-media-type', 'reading the body: send application/json'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['invalid-request', 'reading the body: it is not well-formed JSON'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['invalid-request', 'reading the body: it is empty, JSON was announced'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['invalid-request', 'reading the body: its length is not the one announced'],
  FST_ERR_BAD_URL: ['invalid-request', 'reading the URL: it is not well formed'],
  // @fastify/static, for a path that would leave the portal's directory.
  FST_STATIC_FORBIDDEN_PATH: ['not-found', 'answering the request: there is no such address'],
  FST_ERR_MAX_PARAM_LENGTH: ['invalid-request', 'reading the URL: a part of it is too long'],
}

/** The one place where an error becomes an answer: RFC 9457 problem details with a stable code, never a stack. */
export function answerError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, fields } = explain(error)
  const { status, summary } = errorCodes[problem.code]
  if (status >= 500) request.log.error({ err: error, code: problem.code }, 'request failed')
  else request.log.info({ code: problem.code, detail: problem.message }, 'request refused')
  if (problem.code === 'not-signed-in') reply.header('www-authenticate', 'Bearer realm="uais"')
  if (problem.code === 'rate-limited') reply.header('retry-after', '30')
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send({
      type: `urn:uais:error:${problem.code}`,
      title: summary,
      status,
      code: problem.code,
      detail: problem.message,
      requestId: request.id,
      ...(fields.length > 0 ? { errors: fields } : {}),
    })
}

function explain(error: unknown): { problem: { code: ErrorCode; message: string }; fields: FieldFault[] } {
  if (error instanceof PlatformError)
    return { problem: error, fields: (error.details?.fields as FieldFault[] | undefined) ?? [] }
  if (hasZodFastifySchemaValidationErrors(error)) return explainValidation(error)
  const known = fastifyCodes[(error as FastifyError)?.code ?? '']
  if (known) return { problem: { code: known[0], message: known[1] }, fields: [] }
  // secure-json-parse answers with a plain SyntaxError, status 400.
  if (error instanceof SyntaxError && (error as { statusCode?: number }).statusCode === 400)
    return { problem: { code: 'invalid-request', message: 'reading the body: it is not well-formed JSON' }, fields: [] }
  const doing = isResponseSerializationError(error) ? 'writing the answer' : 'answering the request'
  return {
    problem: {
      code: 'internal',
      message: `${doing}: something went wrong on our side; try again, or give support the request id`,
    },
    fields: [],
  }
}

function explainValidation(error: FastifyError) {
  const faults = (error.validation ?? []) as { instancePath?: string; message?: string }[]
  const fields = faults.map((fault) => ({
    path: (fault.instancePath ?? '').replace(/^\//, '').replaceAll('/', '.'),
    message: fault.message ?? 'is not valid',
  }))
  const first = fields.map(({ path, message }) => (path ? `${path}: ${message}` : message)).slice(0, 3)
  const where = { body: 'the body', querystring: 'the query', params: 'the path', headers: 'the headers' }
  const part = where[(error.validationContext ?? 'body') as keyof typeof where]
  return {
    problem: { code: 'invalid-request' as const, message: `reading ${part}: ${first.join('; ') || 'it is not valid'}` },
    fields,
  }
}
