import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { Config } from '../config/config.ts'
import { createGraph } from './graph.ts'

/** A tenant that misbehaves on demand, on a real socket. */
let server: Server
let origin: string
let answer: (request: IncomingMessage, response: ServerResponse) => void
let asked: string[]

const json = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))

beforeEach(async () => {
  asked = []
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`.trim())
    if (request.url?.endsWith('openid-configuration')) return json(response, 200, { token_endpoint: `${origin}/token` })
    if (request.url === '/token') return json(response, 200, { access_token: `t${asked.length}`, expires_in: 3600 })
    return answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

const graph = () =>
  createGraph({
    entra: { issuer: `${origin}/tenant/v2.0`, clientId: 'c', graphUrl: `${origin}/graph/v1.0` },
    secrets: { entraClientSecret: 's' },
  } as Config)
const questions = () => asked.filter((line) => line.includes('/graph/'))

it('follows pages, and takes one token for all of them', async () => {
  answer = (request, response) =>
    request.url?.includes('page2')
      ? json(response, 200, { value: [3] })
      : json(response, 200, { value: [1, 2], '@odata.nextLink': `${origin}/graph/v1.0/groups?page2` })
  expect(await graph().all('/groups')).toEqual([1, 2, 3])
  expect(asked.filter((line) => line.startsWith('POST /token'))).toHaveLength(1)
})

it('never carries its token to another host, whatever the next link says', async () => {
  answer = (_request, response) =>
    json(response, 200, { value: [], '@odata.nextLink': 'http://127.0.0.1:9/graph/v1.0/groups' })
  await expect(graph().all('/groups')).rejects.toMatchObject({ code: 'directory-unavailable' })
})

it('asks once more after throttling, and once with a new token after 401', async () => {
  const statuses = [429, 200]
  answer = (_request, response) => json(response, statuses.shift() ?? 200, { id: 'g' })
  const one = graph()
  expect(await one.get('/groups/g')).toEqual({ id: 'g' })
  statuses.push(401, 200)
  expect(await one.get('/groups/g')).toEqual({ id: 'g' })
  expect(new Set(questions().map((line) => line.split(' ').at(-1))).size).toBe(2)
})

it('a group that is not there is an answer; an outage, a refusal and silence are not', async () => {
  answer = (_request, response) => json(response, 404, {})
  expect(await graph().get('/groups/g')).toBeUndefined()
  for (const status of [403, 500, 503]) {
    answer = (_request, response) => json(response, status, {})
    await expect(graph().get('/groups/g')).rejects.toMatchObject({ code: 'directory-unavailable' })
  }
  answer = (request) => request.destroy()
  await expect(graph().get('/groups/g')).rejects.toMatchObject({ code: 'directory-unavailable' })
})
