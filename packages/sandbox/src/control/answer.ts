import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'

export function json(status: number, body: unknown): HttpAnswer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
    body: JSON.stringify(body),
  }
}

export const problem = (status: number, message: string): HttpAnswer => json(status, { error: message })

/** The body as an object; undefined when it is none. */
export function bodyOf(request: HttpRequest): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(request.body.toString('utf8') || '{}')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}
