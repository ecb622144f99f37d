import { request } from 'node:http'
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../services/test-bench.ts'

let bench: TestBench
beforeAll(async () => {
  bench = await startTestBench()
})
afterAll(() => bench.stop())

async function call(
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = { 'x-uais-sandbox': '1' },
) {
  const answer = await fetch(`${bench.sandbox.url}/_sandbox/${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> }
}

it('tells that it is ready', async () => {
  expect(await call('GET', 'health', undefined, {})).toMatchObject({ status: 200, body: { status: 'ready' } })
})

describe('sign-in', () => {
  it('gives credentials by account name or id, with source identity and user profile', async () => {
    const { body } = await call('POST', 'credentials', {
      account: '300000000003',
      role: 'admin',
      userProfile: 'person-1',
    })
    const credentials = body as never
    const sts = new STSClient({
      endpoint: bench.sandbox.url,
      region: 'eu-west-1',
      credentials: { ...(credentials as object), expiration: undefined } as never,
    })
    expect((await sts.send(new GetCallerIdentityCommand({}))).Arn).toBe(
      'arn:aws:sts::300000000003:assumed-role/admin/person-1',
    )
  })

  it('gives container credentials in the form of Amazon ECS', async () => {
    const { status, body } = await call('GET', 'container-credentials/platform/uais-worker', undefined, {})
    expect([status, Object.keys(body)]).toEqual([200, ['AccessKeyId', 'SecretAccessKey', 'Token', 'Expiration']])
  })

  it.each([
    [
      { account: 'nowhere', role: 'admin' },
      404,
      /there is no account 'nowhere'; there are management, platform, claims, trials/,
    ],
    [{ account: 'claims', role: 'nobody' }, 404, /has no role 'nobody'; it has admin, break-glass/],
    [{ account: 'claims' }, 400, /send \{"account"/],
    [{ account: 'claims', role: 'admin', sourceIdentity: 'a b' }, 400, /sourceIdentity must be 2 to 64/],
    ['nonsense', 400, /send \{"account"/],
  ])('refuses %j', async (body, status, message) => {
    const answer = await call('POST', 'credentials', body)
    expect(answer.status).toBe(status)
    expect(answer.body.error).toMatch(message)
  })
})

describe('keeps strangers out', () => {
  it('without the header', async () => {
    expect((await call('POST', 'credentials', { account: 'claims', role: 'admin' }, {})).status).toBe(403)
  })

  it('under another name (DNS rebinding)', async () => {
    const { port } = new URL(bench.sandbox.url)
    const status = await new Promise((resolve) => {
      const options = {
        host: '127.0.0.1',
        port,
        path: '/_sandbox/container-credentials/claims/admin',
        headers: { host: `evil.example:${port}` },
      }
      request(options, (answer) => resolve(answer.resume().statusCode)).end()
    })
    expect(status).toBe(403)
  })
})

describe('faults', () => {
  afterEach(() => call('DELETE', 'faults'))
  const read = async () =>
    new IAMClient(await bench.as('claims', 'admin')).send(new GetRoleCommand({ RoleName: 'admin' }))

  it('throttle as many calls as they were told to', async () => {
    await call('POST', 'faults', { call: 'iam:GetRole', kind: 'throttle', times: 1 })
    expect((await refusal(read())).code).toBe('Throttling')
    await read()
  })

  it('answer an error after the effect', async () => {
    await call('POST', 'faults', {
      call: 'iam:*',
      kind: 'error',
      code: 'Lost',
      status: 400,
      message: 'lost',
      when: 'after',
      times: 1,
    })
    expect(await refusal(read())).toEqual({ code: 'Lost', status: 400, message: 'lost' })
  })

  it('expire tokens of one account', async () => {
    await call('POST', 'faults', { call: '*', kind: 'expired-token', account: '400000000004' })
    await read()
    const trials = new IAMClient(await bench.as('trials', 'admin'))
    expect((await refusal(trials.send(new GetRoleCommand({ RoleName: 'admin' })))).code).toBe('ExpiredToken')
  })

  it('slow calls down', async () => {
    await call('POST', 'faults', { call: 'iam:GetRole', kind: 'latency', milliseconds: 120, times: 1 })
    const start = performance.now()
    await read()
    expect(performance.now() - start).toBeGreaterThan(115)
  })

  it.each([
    [{ call: 'nonsense', kind: 'error' }, /call must be/],
    [{ call: '*', kind: 'explode' }, /kind must be one of/],
    [{ call: '*', kind: 'latency', milliseconds: -1 }, /milliseconds must be a whole number/],
  ])('are refused when malformed: %j', async (fault, message) => {
    const { status, body } = await call('POST', 'faults', fault)
    expect(status).toBe(400)
    expect(body.error).toMatch(message)
  })
})

it('sets the time that resources take to settle', async () => {
  expect((await call('PUT', 'settle', { milliseconds: 50 })).status).toBe(200)
  expect(bench.sandbox.kernel.settleMs).toBe(50)
  expect((await call('PUT', 'settle', { milliseconds: 'x' })).status).toBe(400)
  await call('PUT', 'settle', { milliseconds: 0 })
})
