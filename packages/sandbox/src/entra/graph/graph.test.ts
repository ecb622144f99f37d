import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { graphResource } from '../applications.ts'
import { groupId, oid, tenantId } from '../directory.ts'
import { type Entra, startEntra } from '../entra.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'graph-'))
let entra: Entra
let token: string
const scientists = groupId('claims-fraud-scientists')

async function appToken(form: Record<string, string> = {}) {
  const answer = await fetch(`${entra.url}/${tenantId}/oauth2/v2.0/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: 'uais-server',
      client_secret: 'secret',
      scope: `${graphResource}/.default`,
      ...form,
    }),
  })
  return { status: answer.status, body: (await answer.json()) as { access_token: string; error?: string } }
}

async function call(path: string, init: { method?: string; body?: unknown; headers?: Record<string, string> } = {}) {
  const url = path.startsWith('http') ? path : `${entra.graphUrl}${path}`
  const answer = await fetch(url, {
    method: init.method ?? 'GET',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...init.headers },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  })
  const text = await answer.text()
  // biome-ignore lint/suspicious/noExplicitAny: bodies of many shapes, each asserted by its test
  return { status: answer.status, body: (text ? JSON.parse(text) : undefined) as any }
}

async function setMember(group: string, member: string, present: boolean) {
  const url = `${entra.url}/_entra/groups/${group}/members${present ? '' : `/${member}`}`
  const init = present ? { method: 'POST', body: JSON.stringify({ member }) } : { method: 'DELETE' }
  return (await fetch(url, { ...init, headers: { 'x-uais-sandbox': '1' } })).json()
}

beforeAll(async () => {
  entra = await startEntra({ port: 0, dataDir, portalOrigins: ['http://127.0.0.1:1'], clientSecret: 'secret' })
  token = (await appToken()).body.access_token
})

afterAll(async () => {
  await entra.stop()
  rmSync(dataDir, { recursive: true })
})

describe('tokens', () => {
  test('a wrong secret gets no token', async () => {
    const { status, body } = await appToken({ client_secret: 'wrong' })
    expect([status, body.error]).toEqual([401, 'invalid_client'])
  })

  test.each([
    ['none', '', 'Access token is empty.'],
    ['garbage', 'Bearer a.b.c', 'Invalid token: signature validation failed.'],
  ])('%s is refused in the error shape of Graph', async (_name, authorization, message) => {
    const { status, body } = await call('/groups', { headers: { authorization } })
    expect(status).toBe(401)
    expect(body.error).toMatchObject({ code: 'InvalidAuthenticationToken', message })
    expect(body.error.innerError).toHaveProperty('request-id')
  })

  test('a token whose claims were changed is refused', async () => {
    const [header, payload, signature] = token.split('.')
    const claims = { ...JSON.parse(Buffer.from(payload!, 'base64url').toString()), roles: ['Directory.ReadWrite.All'] }
    const forged = [header, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.')
    expect((await call('/groups', { headers: { authorization: `Bearer ${forged}` } })).status).toBe(401)
  })
})

describe('groups', () => {
  test('$search needs the consistency header and matches the start of words', async () => {
    const path = `/groups?$search=${encodeURIComponent('"displayName:fraud"')}`
    expect((await call(path)).body.error.code).toBe('Request_UnsupportedQuery')
    const { body } = await call(path, { headers: { ConsistencyLevel: 'eventual' } })
    expect(body.value.map((group: { displayName: string }) => group.displayName)).toEqual([
      'claims-fraud-leads',
      'claims-fraud-scientists',
      'claims-fraud-viewers',
    ])
  })

  test('$filter startswith works, other filters are refused', async () => {
    const found = await call(`/groups?$filter=${encodeURIComponent("startswith(displayName,'uais-')")}&$select=id`)
    expect(found.body.value).toEqual([{ id: groupId('uais-admins') }])
    const refused = await call(`/groups?$filter=${encodeURIComponent("visibility eq 'Private'")}`)
    expect(refused.body.error).toMatchObject({ code: 'Request_BadRequest' })
  })

  test('pages of all groups add up, without repetition', async () => {
    const ids = new Set<string>()
    let next: string | undefined = '/groups?$top=50'
    let pages = 0
    while (next) {
      const { body }: Awaited<ReturnType<typeof call>> = await call(next)
      for (const group of body.value) ids.add(group.id)
      next = body['@odata.nextLink']
      pages++
    }
    expect([ids.size, pages]).toEqual([239, 5])
  })

  test.each(['0', '1000', 'x'])('$top=%s is refused', async (top) => {
    expect((await call(`/groups?$top=${top}`)).status).toBe(400)
  })

  test('members are direct, transitiveMembers include nested people', async () => {
    const everyone = groupId('claims-everyone')
    const direct = (await call(`/groups/${everyone}/members`)).body.value
    expect(direct.every((each: Record<string, string>) => each['@odata.type'] === '#microsoft.graph.group')).toBe(true)
    const all = (await call(`/groups/${everyone}/transitiveMembers`)).body.value
    expect(all.map((each: { id: string }) => each.id)).toContain(oid('sam'))
  })

  test('an unknown group is not found', async () => {
    const { status, body } = await call(`/groups/${oid('sam')}`)
    expect([status, body.error.code]).toEqual([404, 'Request_ResourceNotFound'])
  })
})

describe('users', () => {
  test('checkMemberGroups answers the asked groups only, transitively', async () => {
    const groupIds = [scientists, groupId('claims-everyone'), groupId('uais-admins')]
    const { body } = await call(`/users/${oid('sam')}/checkMemberGroups`, { method: 'POST', body: { groupIds } })
    expect(body.value).toEqual([scientists, groupId('claims-everyone')])
  })

  test('checkMemberGroups refuses more than 20 groups', async () => {
    const groupIds = Array.from({ length: 21 }, () => scientists)
    const { status } = await call(`/users/${oid('sam')}/checkMemberGroups`, { method: 'POST', body: { groupIds } })
    expect(status).toBe(400)
  })

  test('memberOf is direct; transitiveMemberOf with a cast has groups only', async () => {
    const direct = (await call(`/users/${oid('sam')}/memberOf`)).body.value
    expect(direct.map((group: { id: string }) => group.id)).toEqual([scientists])
    const all = (await call(`/users/sam@uais.example/transitiveMemberOf/microsoft.graph.group?$select=id`)).body.value
    expect(all).toEqual([{ id: scientists }, { id: groupId('claims-everyone') }])
  })

  test('an account is disabled and enabled; other properties cannot be changed', async () => {
    const path = `/users/${oid('aldo')}`
    expect((await call(path, { method: 'PATCH', body: { accountEnabled: false } })).status).toBe(204)
    expect((await call(path)).body.accountEnabled).toBe(false)
    expect((await call(path, { method: 'PATCH', body: { displayName: 'x' } })).status).toBe(400)
    await call(path, { method: 'PATCH', body: { accountEnabled: true } })
  })

  test('filters joined by or match either property', async () => {
    const filter = "startswith(displayName,'sam') or startswith(userPrincipalName,'ruth@')"
    const { body } = await call(`/users?$filter=${encodeURIComponent(filter)}&$select=id`)
    expect(body.value).toEqual([{ id: oid('sam') }, { id: oid('ruth') }])
    const wrong = `${filter} and accountEnabled eq true`
    expect((await call(`/users?$filter=${encodeURIComponent(wrong)}`)).status).toBe(400)
  })

  test('members may be cast to users', async () => {
    const { body } = await call(
      `/groups/${groupId('claims-everyone')}/transitiveMembers/microsoft.graph.user?$select=id`,
    )
    expect(body.value).toContainEqual({ '@odata.type': '#microsoft.graph.user', id: oid('sam') })
    expect(body.value).toHaveLength(5)
  })

  test('/me needs a person', async () => {
    expect((await call('/me')).body.error.message).toContain('delegated')
  })
})

describe('changes', () => {
  test('the delta link tells removals and additions since', async () => {
    let next = '/groups/delta?$select=displayName,members'
    let link = ''
    while (!link) {
      const { body } = await call(next)
      next = body['@odata.nextLink']
      link = body['@odata.deltaLink'] ?? ''
    }
    expect((await call(link)).body.value).toEqual([])
    await setMember(scientists, oid('priya'), false)
    await setMember(scientists, oid('nora'), true)
    const { body } = await call(link)
    expect(body.value).toEqual([
      {
        id: scientists,
        displayName: 'claims-fraud-scientists',
        'members@delta': [
          { '@odata.type': '#microsoft.graph.user', id: oid('priya'), '@removed': { reason: 'deleted' } },
          { '@odata.type': '#microsoft.graph.user', id: oid('nora') },
        ],
      },
    ])
    await setMember(scientists, oid('priya'), true)
    await setMember(scientists, oid('nora'), false)
    await fetch(`${entra.url}/_entra/delta/expire`, { method: 'POST', headers: { 'x-uais-sandbox': '1' } })
    expect((await call(link)).status).toBe(410)
  })

  test('controls need the sandbox header', async () => {
    const answer = await fetch(`${entra.url}/_entra/groups/${scientists}/members`, { method: 'POST', body: '{}' })
    expect(answer.status).toBe(403)
  })

  test('a subscription is validated, then notified with its client state', async () => {
    const received: unknown[] = []
    const receiver: Server = createServer(async (request, response) => {
      const validation = new URL(request.url!, 'http://x').searchParams.get('validationToken')
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      if (!validation) received.push(...JSON.parse(Buffer.concat(chunks).toString()).value)
      response.writeHead(validation ? 200 : 202, { 'content-type': 'text/plain' }).end(validation ?? '')
    })
    await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve))
    const notificationUrl = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
    const body = {
      changeType: 'updated',
      resource: 'groups',
      notificationUrl,
      clientState: 'shared-secret',
      expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
    }
    const created = await call('/subscriptions', { method: 'POST', body })
    expect(created.status).toBe(201)
    expect((await call('/subscriptions', { method: 'POST', body })).status).toBe(409)
    await setMember(scientists, oid('vic'), true)
    await expect.poll(() => received.length, { timeout: 5000 }).toBe(1)
    expect(received[0]).toMatchObject({
      clientState: 'shared-secret',
      changeType: 'updated',
      resourceData: { id: scientists, 'members@delta': [{ id: oid('vic') }] },
    })
    const renewed = { expirationDateTime: new Date(Date.now() + 7_200_000).toISOString() }
    expect((await call(`/subscriptions/${created.body.id}`, { method: 'PATCH', body: renewed })).status).toBe(200)
    expect((await call(`/subscriptions/${created.body.id}`, { method: 'DELETE' })).status).toBe(204)
    await setMember(scientists, oid('vic'), false)
    const users = await call('/subscriptions', { method: 'POST', body: { ...body, resource: `users/${oid('vic')}` } })
    const { body: listed } = await call('/subscriptions')
    expect(listed.value).toMatchObject([{ id: users.body.id, resource: `users/${oid('vic')}` }])
    expect(JSON.stringify(listed)).not.toContain('shared-secret')
    entra.directory.setEnabled(oid('sam'), false)
    entra.directory.setEnabled(oid('sam'), true)
    entra.directory.setEnabled(oid('vic'), false)
    await expect.poll(() => received.length, { timeout: 5000 }).toBe(2)
    expect(received[1]).toMatchObject({ resource: `Users/${oid('vic')}`, resourceData: { id: oid('vic') } })
    entra.directory.setEnabled(oid('vic'), true)
    await expect.poll(() => received.length, { timeout: 5000 }).toBe(3)
    receiver.close()
  })

  test('a subscription that has run out is none, and a new one may take its place', async () => {
    const body = { changeType: 'updated', resource: 'groups', notificationUrl: 'http://127.0.0.1:1/' }
    entra.directory.putSubscription({
      ...{ ...body, id: 'old', applicationId: 'uais-server' },
      expirationDateTime: new Date(Date.now() - 1000).toISOString(),
    })
    expect((await call('/subscriptions/old', { method: 'DELETE' })).status).toBe(404)
    const again = { ...body, expirationDateTime: new Date(Date.now() + 3_600_000).toISOString() }
    expect((await call('/subscriptions', { method: 'POST', body: again })).body.error.code).toBe('ValidationError')
  })

  test.each([
    ['a receiver that does not echo', { notificationUrl: 'http://127.0.0.1:1/none' }, 'ValidationError'],
    ['a foreign receiver', { notificationUrl: 'http://example.com/' }, 'Request_BadRequest'],
    [
      'too long a life',
      { expirationDateTime: new Date(Date.now() + 50_000 * 60_000).toISOString() },
      'Request_BadRequest',
    ],
    ['an unknown change type', { changeType: 'created' }, 'Request_BadRequest'],
  ])('%s is refused', async (_name, wrong, code) => {
    const body = {
      changeType: 'updated',
      resource: 'groups',
      notificationUrl: 'http://127.0.0.1:1/',
      expirationDateTime: new Date(Date.now() + 3_600_000).toISOString(),
      ...wrong,
    }
    expect((await call('/subscriptions', { method: 'POST', body })).body.error.code).toBe(code)
  })
})
