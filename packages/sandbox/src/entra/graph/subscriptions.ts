import { randomUUID } from 'node:crypto'
import type { Subscription } from '../directory-state.ts'
import { requirePermission } from './caller.ts'
import { badRequest, GraphError, notFound } from './graph-error.ts'
import type { GraphRequest, GraphRoute } from './route.ts'

const minute = 60_000
/** "Maximum length of subscription per resource type": Graph reference, "subscription resource type" (users, groups). */
const longest = 41_760 * minute
const shortest = 45 * minute
const handshakeTimeout = 10_000

/** Graph's `/subscriptions`: change notifications for users and groups, with the validation handshake. */
export const subscriptionRoutes: GraphRoute[] = [
  {
    method: 'GET',
    pattern: /^\/subscriptions$/,
    handle: ({ directory, caller, graphUrl }) => ({
      status: 200,
      body: {
        '@odata.context': `${graphUrl}/$metadata#subscriptions`,
        value: directory
          .subscriptions()
          .filter((each) => each.applicationId === caller.application)
          .map(shown),
      },
    }),
  },
  { method: 'POST', pattern: /^\/subscriptions$/, handle: create },
  {
    method: 'PATCH',
    pattern: /^\/subscriptions\/([^/]+)$/,
    handle: (request) => {
      const expirationDateTime = readExpiration(request)
      const renewed = { ...own(request), expirationDateTime }
      request.directory.putSubscription(renewed)
      return { status: 200, body: shown(renewed) }
    },
  },
  {
    method: 'DELETE',
    pattern: /^\/subscriptions\/([^/]+)$/,
    handle: (request) => {
      request.directory.deleteSubscription(own(request).id)
      return { status: 204 }
    },
  },
]

async function create(request: GraphRequest) {
  const { body, directory, caller } = request
  const resource = text(body, 'resource').replace(/^\//, '')
  const changeType = text(body, 'changeType')
  if (!/^(groups|users)(\/[^/]+(\/members)?)?$/.test(resource))
    throw badRequest(`Resource '${resource}' is not supported for subscriptions in this tenant.`)
  requirePermission(caller, resource.startsWith('groups') ? 'Group.Read.All' : 'User.Read.All')
  if (changeType.split(',').some((type) => !['updated', 'deleted'].includes(type)))
    throw badRequest(`Invalid 'changeType' attribute: '${changeType}'.`)
  const duplicate = directory
    .subscriptions()
    .some(
      (each) =>
        each.applicationId === caller.application && each.resource === resource && each.changeType === changeType,
    )
  if (duplicate) throw new GraphError(409, 'Conflict', 'Subscription with the same changeType and resource exists.')
  const subscription: Subscription = {
    id: randomUUID(),
    resource,
    changeType,
    notificationUrl: text(body, 'notificationUrl'),
    lifecycleNotificationUrl: optionalText(body, 'lifecycleNotificationUrl'),
    clientState: optionalText(body, 'clientState'),
    expirationDateTime: readExpiration(request),
    applicationId: caller.application,
  }
  await handshake(subscription.notificationUrl)
  directory.putSubscription(subscription)
  const context = `${request.graphUrl}/$metadata#subscriptions/$entity`
  return { status: 201, body: { '@odata.context': context, ...shown(subscription) } }
}

/** Only notifications carry the client state: whoever can read subscriptions must not learn to forge one. */
function shown({ clientState: _secret, ...rest }: Subscription): object {
  return rest
}

/** The receiver must echo the decoded token as text/plain with 200 within 10 seconds. */
async function handshake(notificationUrl: string) {
  const url = new URL(notificationUrl)
  const token = `Validation: Testing client application reachability for subscription Request-Id: ${randomUUID()}`
  url.searchParams.set('validationToken', token)
  let problem: string
  try {
    const answer = await fetch(url, {
      method: 'POST',
      signal: AbortSignal.timeout(handshakeTimeout),
      redirect: 'error',
    })
    if (answer.status === 200 && (await answer.text()) === token) return
    problem = `Notification endpoint must respond with 200 OK and the validation token; it answered ${answer.status}.`
  } catch (error) {
    problem = `NotificationUrl could not be reached: ${(error as Error).message}.`
  }
  throw new GraphError(400, 'ValidationError', `Subscription validation request failed. ${problem}`)
}

function own(request: GraphRequest): Subscription {
  const id = request.segments[0] ?? ''
  const found = request.directory
    .subscriptions()
    .find((each) => each.id === id && each.applicationId === request.caller.application)
  if (!found) throw notFound(id)
  return found
}

function readExpiration(request: GraphRequest): string {
  const asked = new Date(text(request.body, 'expirationDateTime')).getTime()
  const remaining = asked - request.now.getTime()
  if (Number.isNaN(asked) || remaining <= 0)
    throw badRequest("Subscription expiration must be a future date and time ('expirationDateTime').")
  if (remaining > longest) throw badRequest('Subscription expiration can only be 41760 minutes in the future.')
  return new Date(Math.max(asked, request.now.getTime() + shortest)).toISOString()
}

function text(body: Record<string, unknown>, name: string): string {
  const value = body[name]
  if (typeof value !== 'string' || value === '') throw badRequest(`A required property '${name}' is missing or empty.`)
  if (name === 'notificationUrl' && !isDeliverable(value))
    throw badRequest("Invalid 'notificationUrl': it must be https, or http on this machine.")
  return value
}

function optionalText(body: Record<string, unknown>, name: string): string | undefined {
  return body[name] === undefined ? undefined : text(body, name)
}

/** Graph wants https; inside the sandbox only this machine is ever called. */
function isDeliverable(value: string): boolean {
  return URL.canParse(value) && ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(value).hostname)
}
