import type { Fault } from '../kernel/faults.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'
import { bodyOf, json, problem } from './answer.ts'

const kinds = ['error', 'throttle', 'latency', 'expired-token']

/** `POST /_sandbox/faults`: sets a fault; its fields are those of `Fault`. */
export function postFault(kernel: Kernel, request: HttpRequest): HttpAnswer {
  const body = bodyOf(request)
  const reason = body === undefined ? 'the body is not a JSON object' : faultFault(body)
  if (body === undefined || reason) return problem(400, `setting a fault: ${reason}`)
  const fault = { when: 'before', ...body } as unknown as Omit<Fault, 'id'>
  return json(201, kernel.faults.add(fault))
}

function faultFault(body: Record<string, unknown>): string | undefined {
  if (typeof body.call !== 'string' || !/^(\*|[\w-]+:(\*|\w+))$/.test(body.call)) {
    return "call must be 'service:Operation', 'service:*' or '*'"
  }
  if (!kinds.includes(String(body.kind))) return `kind must be one of ${kinds.join(', ')}`
  if (body.when !== undefined && body.when !== 'before' && body.when !== 'after')
    return "when must be 'before' or 'after'"
  for (const name of ['milliseconds', 'times', 'status']) {
    const value = body[name]
    if (value !== undefined && (!Number.isInteger(value) || (value as number) < 0))
      return `${name} must be a whole number`
  }
  for (const name of ['account', 'code', 'message']) {
    if (body[name] !== undefined && typeof body[name] !== 'string') return `${name} must be text`
  }
  return undefined
}
