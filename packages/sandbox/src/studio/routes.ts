import { z } from 'zod'
import type { Call } from '../kernel/operation.ts'
import type { Principal } from '../kernel/principal.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'
import { listData } from './data.ts'
import { placesOf } from './project.ts'
import { exportCredentials } from './role-session.ts'
import type { StudioSession } from './state.ts'
import { StudioError } from './studio-error.ts'
import { script, studioHtml } from './studio-page.ts'
import { listJobs, register, train } from './training.ts'

interface Visit {
  call: Call
  session: StudioSession
  /** The execution role's session that the visit acts as. */
  principal: Principal
  request: HttpRequest
}

export interface Route {
  method: 'GET' | 'POST'
  path: string
  handle(visit: Visit): Promise<HttpAnswer>
}

const s3Uri = z.string().regex(/^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\/.+$/, 'an S3 URI such as s3://bucket/key.csv')
const trainingForm = z.object({
  algorithm: z.enum(['linear-learner', 'xgboost']),
  train: s3Uri,
  validation: s3Uri.or(z.literal('')),
  task: z.enum(['binary', 'multiclass', 'regression']),
  classes: z.coerce.number().int().min(2).max(100).default(2),
})
const registerForm = z.object({ trainingJobName: z.string().min(1).max(63) })

const headers = {
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
}

export const routes: readonly Route[] = [
  {
    method: 'GET',
    path: '/',
    handle: async ({ session }) => ({
      status: 200,
      headers: { ...headers, 'content-type': 'text/html; charset=utf-8' },
      body: studioHtml(session),
    }),
  },
  {
    method: 'GET',
    path: '/studio.js',
    handle: async () => ({
      status: 200,
      headers: { ...headers, 'content-type': 'text/javascript; charset=utf-8' },
      body: script,
    }),
  },
  { method: 'GET', path: '/api/identity', handle: async ({ session }) => json(identityOf(session)) },
  {
    method: 'GET',
    path: '/api/data',
    handle: async ({ call, session }) => json({ listings: await listData(call, session) }),
  },
  {
    method: 'GET',
    path: '/api/jobs',
    handle: async ({ call, session }) => json({ jobs: await listJobs(call, session) }),
  },
  {
    method: 'GET',
    path: '/api/credentials',
    handle: async ({ call, session, principal, request }) =>
      json(exportCredentials(call, principal, session, request.headers.host ?? '127.0.0.1')),
  },
  {
    method: 'POST',
    path: '/api/train',
    handle: async ({ call, session, request }) =>
      json({ trainingJobName: await train(call, session, read(trainingForm, request)) }),
  },
  {
    method: 'POST',
    path: '/api/register',
    handle: async ({ call, session, request }) =>
      json({ modelPackageArn: await register(call, session, read(registerForm, request).trainingJobName) }),
  },
]

function identityOf(session: StudioSession) {
  const { domainId, userProfileName, spaceName, executionRoleArn, identityPropagates, network, kmsKeyId, tags } =
    session
  const sourceIdentity = identityPropagates ? userProfileName : null
  return {
    domainId,
    userProfileName,
    spaceName: spaceName ?? null,
    executionRoleArn,
    sourceIdentity,
    network: network ?? null,
    kmsKeyId: kmsKeyId ?? null,
    project: tags['uais:project'] ?? null,
    places: placesOf(session) ?? null,
  }
}

function json(value: unknown): HttpAnswer {
  return { status: 200, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

function read<S extends z.ZodType>(shape: S, request: HttpRequest): z.output<S> {
  let body: unknown
  try {
    body = JSON.parse(request.body.toString())
  } catch {
    throw new StudioError(400, 'The request is not JSON.')
  }
  const checked = shape.safeParse(body)
  if (checked.success) return checked.data
  throw new StudioError(
    400,
    checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '),
  )
}
