import { AwsError } from '../kernel/aws-error.ts'
import type { Page, RawDoor } from '../kernel/service.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'
import { enter, sessionOf, stillAllowed } from './enter.ts'
import { studioPrefix } from './presigned-url.ts'
import { assumeExecutionRole, originOf } from './role-session.ts'
import { type Route, routes } from './routes.ts'
import type { StudioSession } from './state.ts'
import { StudioError } from './studio-error.ts'
import { errorPage } from './studio-page.ts'

const anonymous = { type: 'anonymous' } as const

/** The page behind a presigned domain URL. */
export const studioPage: Page = {
  prefix: studioPrefix,
  service: 'sagemaker',
  async handle(request, door) {
    try {
      if (request.path === `${studioPrefix}/auth`) return await admit(request, door)
      return await inSession(request, door)
    } catch (error) {
      return answerError(request, error)
    }
  },
}

async function admit(request: HttpRequest, door: RawDoor): Promise<HttpAnswer> {
  const token = request.query.get('token') ?? ''
  const cookie = await door.run({ principal: anonymous, region: 'us-east-1', request }, async (call) =>
    enter(call, token),
  )
  return {
    status: 303,
    headers: { location: `${studioPrefix}/`, 'set-cookie': cookie, 'cache-control': 'no-store' },
    body: '',
  }
}

async function inSession(request: HttpRequest, door: RawDoor): Promise<HttpAnswer> {
  const session = await door.run({ principal: anonymous, region: 'us-east-1', request }, async (call) =>
    sessionOf(call, request),
  )
  await door.run({ principal: session.minter, region: session.region, request }, async (call) =>
    stillAllowed(call, session),
  )
  const route = routes.find(({ method, path }) => method === request.method && request.path === studioPrefix + path)
  if (!route) throw new StudioError(404, 'Studio has no such page.')
  // A form of another site could send cookies of ours, but never this header.
  if (request.method !== 'GET' && request.headers['x-uais-studio'] !== '1')
    throw new StudioError(403, 'The request does not come from the Studio page.')
  return await asPerson(request, door, session, route)
}

/** Runs a route as the execution role's session: what IAM denies this person is denied here too. */
async function asPerson(
  request: HttpRequest,
  door: RawDoor,
  session: StudioSession,
  route: Route,
): Promise<HttpAnswer> {
  const service = { type: 'service', service: 'sagemaker.amazonaws.com', sourceAccount: session.account } as const
  const principal = await door.run({ principal: service, region: session.region, request }, (call) =>
    assumeExecutionRole(call, session),
  )
  const origin = originOf(session)
  return door.run({ principal, region: session.region, request, origin }, async (call) =>
    route.handle({ call, session, principal, request }),
  )
}

function answerError(request: HttpRequest, error: unknown): HttpAnswer {
  const status = error instanceof StudioError || error instanceof AwsError ? error.status : 500
  const message = status === 500 ? 'Studio could not do this. The sandbox’s log says why.' : (error as Error).message
  if (request.path.startsWith(`${studioPrefix}/api/`)) {
    const code = error instanceof AwsError ? error.code : 'StudioError'
    return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code, message }) }
  }
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: errorPage(message) }
}
