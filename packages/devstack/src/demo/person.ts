import { type Client, createClient } from '@uais/contract'
import { Browser, oid } from '@uais/sandbox'

/**
 * Somebody who uses UAIS: signs in over the same pages as in a browser, then works through the public API with the
 * session cookie and CSRF token that the portal would use.
 */
export interface Person {
  name: string
  oid: string
  client: Client
}

/** Signs `name` in at the portal's origin. @throws Error that says where the sign-in stopped */
export async function signIn(origin: string, name: string): Promise<Person> {
  const started = await fetch(`${origin}/auth/sign-in?return=/`, { redirect: 'manual' })
  const authorization = started.headers.get('location')
  if (!authorization) throw new Error(`signing ${name} in: the portal did not lead to Entra (status ${started.status})`)
  const flow = started.headers.getSetCookie().map(nameAndValue)
  const callback = await new Browser().signIn(new URL(authorization), oid(name), `${origin}/auth/callback`)
  const ended = await fetch(callback, { redirect: 'manual', headers: { cookie: flow.join('; ') } })
  const cookie = ended.headers
    .getSetCookie()
    .map(nameAndValue)
    .filter((pair) => !pair.endsWith('='))
    .join('; ')
  if (ended.status >= 400 || cookie === '')
    throw new Error(`signing ${name} in: the portal answered ${ended.status} ${await ended.text()}`)
  let csrfToken = ''
  const client = createClient({
    origin,
    headers: (): Record<string, string> => ({ cookie, ...(csrfToken ? { 'x-csrf-token': csrfToken } : {}) }),
  })
  csrfToken = (await client.call('session.read')).csrfToken
  return { name, oid: oid(name), client }
}

function nameAndValue(cookie: string): string {
  return cookie.slice(0, cookie.indexOf(';') === -1 ? undefined : cookie.indexOf(';'))
}
