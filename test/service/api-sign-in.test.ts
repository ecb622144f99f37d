import { groupId, oid } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, accountSpec, beginSignIn, cookieOf, startApiStack } from './api-stack.ts'

let stack: ApiStack
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(stack.url + path, { headers, redirect: 'manual' })

beforeAll(async () => {
  stack = await startApiStack()
})
afterAll(() => stack.stop())

describe('signing in', () => {
  it('leads from Entra to a session that says who one is', async () => {
    const ada = await stack.as('ada')
    expect(await ada.client.call('session.read')).toMatchObject({
      person: { oid: oid('ada'), name: 'Ada Admin', userPrincipalName: 'ada@uais.example' },
      platformRoles: ['admin'],
      ownsAccounts: [],
    })
  })

  it('sets cookies that no script reads and no other site sends', async () => {
    const { callback, cookie } = await beginSignIn(stack.url, 'sam')
    const landed = await fetch(callback, { redirect: 'manual', headers: { cookie } })
    const line = landed.headers.getSetCookie().find((each) => each.startsWith('uais='))
    expect(line).toMatch(/HttpOnly/)
    expect(line).toMatch(/SameSite=Lax/)
    expect(line).toMatch(/Path=\//)
    expect(landed.headers.get('cache-control')).toBe('no-store')
    const { rows } = await stack.pool.query('select encode(id_hash, $1) as hash from session', ['hex'])
    expect(rows.map((row) => row.hash)).not.toContain(cookieOf(landed, 'uais').slice('uais='.length))
  })

  it('refuses a wrong state', async () => {
    const { callback, cookie } = await beginSignIn(stack.url, 'sam')
    callback.searchParams.set('state', 'forged')
    const answer = await fetch(callback, { redirect: 'manual', headers: { cookie } })
    expect(answer.status).toBe(401)
    expect(await answer.json()).toMatchObject({ code: 'not-signed-in' })
    expect(cookieOf(answer, 'uais')).not.toMatch(/uais=./)
  })

  it('refuses a callback without the cookie of the browser that began it', async () => {
    const { callback } = await beginSignIn(stack.url, 'sam')
    const answer = await fetch(callback, { redirect: 'manual' })
    expect(answer.status).toBe(401)
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/not begun in this browser/)
  })

  it('refuses a replayed code', async () => {
    const { callback, cookie } = await beginSignIn(stack.url, 'priya')
    expect((await fetch(callback, { redirect: 'manual', headers: { cookie } })).status).toBe(303)
    const again = await fetch(callback, { redirect: 'manual', headers: { cookie } })
    expect(again.status).toBe(401)
    expect(((await again.json()) as { detail: string }).detail).toMatch(/invalid_grant/)
  })

  it('shows people a page, not JSON, when it fails', async () => {
    const answer = await get('/auth/callback?error=access_denied&state=<script>', { accept: 'text/html' })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toMatch(/text\/html/)
    expect(await answer.text()).not.toContain('<script>')
  })

  it('goes back to a path of ours only', async () => {
    const begun = await get('/auth/sign-in?returnTo=//evil.example')
    expect(begun.status).toBe(303)
    expect(new URL(begun.headers.get('location') ?? '').origin).toBe(stack.stack.urls.entra)
  })
})

describe('sessions', () => {
  it('end: expired, signed out, and unknown ones are all 401', async () => {
    const { callback, cookie } = await beginSignIn(stack.url, 'vic')
    const landed = await fetch(callback, { redirect: 'manual', headers: { cookie } })
    const session = { cookie: cookieOf(landed, 'uais') }
    expect((await get('/api/v1/session', session)).status).toBe(200)
    await stack.pool.query(`update session set expires_at = now() - interval '1 second' where oid = $1`, [oid('vic')])
    const expired = await get('/api/v1/session', session)
    expect(expired.status).toBe(401)
    expect(expired.headers.get('www-authenticate')).toMatch(/Bearer/)
    expect((await get('/api/v1/session', { cookie: 'uais=guess' })).status).toBe(401)
  })

  it('sign-out ends the session on the server, not in the cookie alone', async () => {
    const { callback, cookie } = await beginSignIn(stack.url, 'ruth')
    const landed = await fetch(callback, { redirect: 'manual', headers: { cookie } })
    const session = { cookie: cookieOf(landed, 'uais') }
    const out = await get('/auth/sign-out', session)
    expect(out.status).toBe(303)
    expect(out.headers.get('location')).toMatch(/oauth2\/v2\.0\/logout/)
    expect((await get('/api/v1/session', session)).status).toBe(401)
  })

  it('changing something by cookie needs the CSRF token and our own origin', async () => {
    const ravi = await stack.as('ravi')
    const call = (headers: Record<string, string>) =>
      fetch(`${stack.url}/api/v1/session`, { method: 'DELETE', headers })
    const { cookie = '', 'x-csrf-token': csrf = '' } = ravi.headers
    expect((await call({ cookie })).status).toBe(403)
    expect((await call({ cookie, 'x-csrf-token': 'x'.repeat(csrf.length) })).status).toBe(403)
    expect((await call({ cookie, 'x-csrf-token': csrf, origin: 'https://evil.example' })).status).toBe(403)
    expect((await call({ cookie, 'x-csrf-token': csrf, origin: stack.url })).status).toBe(200)
    expect((await get('/api/v1/session', { cookie })).status).toBe(401)
  })
})

describe('groups', () => {
  it('come from Graph, so that 230 of them (overage) are read like one', async () => {
    const olga = await stack.as('olga')
    expect((await olga.client.call('session.read')).platformRoles).toEqual([])
    stack.stack.entra.directory.setMember(groupId('uais-admins'), oid('olga'), true)
    // An act asks anew: no minute of waiting for what was just given.
    await olga.fetch('/api/v1/accounts', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    const refused = await olga.client
      .call('accounts.delete', { params: { id: crypto.randomUUID() } })
      .catch((e) => e.code)
    expect(refused).toBe('not-found')
    expect((await olga.client.call('session.read')).platformRoles).toEqual(['admin'])
    stack.stack.entra.directory.setMember(groupId('uais-admins'), oid('olga'), false)
  })

  it('a nested membership is none: only direct members count', async () => {
    const sam = await stack.as('sam')
    const { directory } = stack.stack.entra
    const create = () => sam.client.call('accounts.create', { body: { name: 'claims', spec: accountSpec } })
    directory.setMember(groupId('uais-admins'), groupId('claims-fraud-scientists'), true)
    await expect(create()).rejects.toMatchObject({ code: 'not-allowed' })
    directory.setMember(groupId('uais-admins'), groupId('claims-fraud-scientists'), false)
  })

  it('a disabled person is refused, although the session is alive', async () => {
    const tess = await stack.as('tess')
    stack.stack.entra.directory.setEnabled(oid('tess'), false)
    const answer = await tess.fetch('/api/v1/session', { method: 'DELETE' })
    expect(answer.status).toBe(401)
    expect(((await answer.json()) as { detail: string }).detail).toMatch(/disabled/)
    stack.stack.entra.directory.setEnabled(oid('tess'), true)
  })
})

describe('tokens of the command line', () => {
  const deviceToken = async (name: string) => {
    const { Browser } = await import('@uais/sandbox')
    const tenant = stack.stack.entra.issuer.replace(/\/v2\.0$/, '')
    const form = (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams(fields) })
    const begun = (await (
      await fetch(
        `${tenant}/oauth2/v2.0/devicecode`,
        form({ client_id: 'uais-cli', scope: 'openid profile api://uais/access' }),
      )
    ).json()) as { device_code: string; user_code: string; verification_uri: string }
    await new Browser().confirmDevice(new URL(begun.verification_uri), begun.user_code, oid(name))
    const tokens = await fetch(
      `${tenant}/oauth2/v2.0/token`,
      form({
        client_id: 'uais-cli',
        device_code: begun.device_code,
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      }),
    )
    return (await tokens.json()) as { access_token: string; id_token: string }
  }
  const exchange = (token: string) =>
    fetch(`${stack.url}/auth/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, label: 'laptop' }),
    })

  it('are given for Entra tokens of the device flow, and only their hash is kept', async () => {
    const tokens = await deviceToken('sam')
    for (const given of [tokens.access_token, tokens.id_token]) {
      const answer = await exchange(given)
      expect(answer.status).toBe(200)
      const { token, expiresAt } = (await answer.json()) as { token: string; expiresAt: string }
      expect(token).toMatch(/^uais_[\w-]{43}$/)
      expect(Date.parse(expiresAt) - Date.now()).toBeGreaterThan(7.9 * 3_600_000)
      const session = await get('/api/v1/session', { authorization: `Bearer ${token}` })
      expect(await session.json()).toMatchObject({ person: { oid: oid('sam') } })
      const ended = await fetch(`${stack.url}/api/v1/session`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${token}` },
      })
      expect(ended.status).toBe(200)
      expect((await get('/api/v1/session', { authorization: `Bearer ${token}` })).status).toBe(401)
    }
    const { rows } = await stack.pool.query('select * from access_token')
    expect(JSON.stringify(rows)).not.toContain('uais_')
  })

  it('are refused for tokens of others: changed, for another audience, or nonsense', async () => {
    const { access_token: good } = await deviceToken('sam')
    const [head, , signature] = good.split('.')
    const forged = Buffer.from(JSON.stringify({ oid: oid('ada'), tid: 'x' })).toString('base64url')
    const graph = (await (
      await fetch(`${stack.stack.entra.issuer.replace(/\/v2\.0$/, '')}/oauth2/v2.0/token`, {
        method: 'POST',
        body: new URLSearchParams({
          ...{ grant_type: 'client_credentials', client_id: 'uais-server' },
          ...{ client_secret: 'wrong', scope: 'https://graph.microsoft.com/.default' },
        }),
      })
    ).json()) as { access_token?: string }
    for (const bad of [
      `${head}.${forged}.${signature}`,
      graph.access_token ?? 'none-was-given-at-all',
      'x'.repeat(40),
    ]) {
      const answer = await exchange(bad)
      expect(answer.status).toBe(401)
      expect(await answer.json()).toMatchObject({ code: 'not-signed-in' })
    }
  })

  it('an Entra token itself is no token of ours', async () => {
    const { access_token } = await deviceToken('ada')
    expect((await get('/api/v1/session', { authorization: `Bearer ${access_token}` })).status).toBe(401)
  })
})

describe('when Entra does not answer', () => {
  it('nothing is allowed: directory-unavailable, never "no groups"', async () => {
    const own = await startApiStack()
    const sam = await own.as('sam')
    await own.stack.entra.stop()
    const answer = await sam.fetch('/api/v1/session', { method: 'DELETE' })
    expect(answer.status).toBe(503)
    expect(await answer.json()).toMatchObject({ code: 'directory-unavailable' })
    await own.stop()
  })
})
