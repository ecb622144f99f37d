import type { CORSConfiguration, CORSRule } from '@aws-sdk/client-s3'
import { AwsError } from '../../kernel/aws-error.ts'
import type { RawDoor } from '../../kernel/service.ts'
import type { HttpAnswer, HttpRequest } from '../../wire/http-message.ts'
import { virtualHostBucket } from '../../wire/rest-routes.ts'
import { type BucketRow, buckets } from './state.ts'

/** Answers a browser's preflight by the bucket's rules (S3 User Guide, "Using cross-origin resource sharing"). */
export async function preflight(request: HttpRequest, door: RawDoor): Promise<HttpAnswer> {
  const { origin, 'access-control-request-method': method, 'access-control-request-headers': asked } = request.headers
  if (!origin) throw new AwsError('BadRequest', 'Insufficient information. Origin request header needed.', 400)
  if (!method) throw new AwsError('BadRequest', `Invalid Access-Control-Request-Method: ${method ?? 'null'}`, 400)
  const headers = (asked ?? '').split(',').map((name) => name.trim().toLowerCase())
  const rules = await rulesOf(request, door)
  if (!rules) throw forbidden('CORSResponse: CORS is not enabled for this bucket.')
  const rule = rules.find((candidate) => matches(candidate, origin, method, headers.filter(Boolean)))
  if (!rule)
    throw forbidden(
      "CORSResponse: This CORS request is not allowed. This is usually because the evalution of Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers are not whitelisted by the resource's CORS spec.",
    )
  return {
    status: 200,
    headers: {
      ...corsHeaders(rule, origin),
      ...(asked ? { 'access-control-allow-headers': headers.join(', ') } : {}),
      ...(rule.MaxAgeSeconds === undefined ? {} : { 'access-control-max-age': String(rule.MaxAgeSeconds) }),
    },
    body: '',
  }
}

/** Lets the page that made a cross-origin request read its answer, if the bucket's rules do. */
export async function addCorsHeaders(request: HttpRequest, answer: HttpAnswer, door: RawDoor): Promise<void> {
  const { origin } = request.headers
  if (!origin || request.method === 'OPTIONS') return
  const rules = await rulesOf(request, door)
  const rule = rules?.find((candidate) => matches(candidate, origin, request.method, []))
  if (rule) Object.assign(answer.headers, corsHeaders(rule, origin))
}

/** Bucket that a request's path or host names. */
function bucketNameOf(request: HttpRequest): string {
  return virtualHostBucket(request.headers.host) ?? safeDecode(request.path.split('/')[1] ?? '')
}

/** Reads a bucket outside of any call. */
export function bucketOf(request: HttpRequest, door: RawDoor): Promise<BucketRow | undefined> {
  const as = { principal: { type: 'anonymous' as const }, region: 'us-east-1', request }
  return door.run(as, async (call) => buckets(call).get(bucketNameOf(request)))
}

async function rulesOf(request: HttpRequest, door: RawDoor): Promise<CORSRule[] | undefined> {
  const bucket = await bucketOf(request, door)
  return (bucket?.configurations.cors as CORSConfiguration | undefined)?.CORSRules
}

function matches(rule: CORSRule, origin: string, method: string, headers: readonly string[]): boolean {
  return (
    (rule.AllowedOrigins ?? []).some((pattern) => like(pattern, origin)) &&
    (rule.AllowedMethods ?? []).includes(method) &&
    headers.every((name) => (rule.AllowedHeaders ?? []).some((pattern) => like(pattern.toLowerCase(), name)))
  )
}

function corsHeaders(rule: CORSRule, origin: string): Record<string, string> {
  const everyone = rule.AllowedOrigins?.includes('*') ?? false
  return {
    'access-control-allow-origin': everyone ? '*' : origin,
    'access-control-allow-methods': (rule.AllowedMethods ?? []).join(', '),
    ...(everyone ? {} : { 'access-control-allow-credentials': 'true' }),
    ...(rule.ExposeHeaders?.length ? { 'access-control-expose-headers': rule.ExposeHeaders.join(', ') } : {}),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  }
}

/** One asterisk stands for anything. */
function like(pattern: string, text: string): boolean {
  const at = pattern.indexOf('*')
  if (at < 0) return pattern === text
  const [start, end] = [pattern.slice(0, at), pattern.slice(at + 1)]
  return text.length >= start.length + end.length && text.startsWith(start) && text.endsWith(end)
}

function forbidden(message: string): AwsError {
  return new AwsError('AccessForbidden', message, 403)
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
