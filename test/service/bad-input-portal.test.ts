import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, startApiStack } from './api-stack.ts'

/** Paths that no browser would send: requests are written by hand, so that nothing straightens them on the way. */
const root = mkdtempSync(join(tmpdir(), 'uais-traversal-'))
const secret = 'not for the world'
let stack: ApiStack

beforeAll(async () => {
  const portal = join(root, 'portal')
  mkdirSync(join(portal, 'assets'), { recursive: true })
  writeFileSync(join(portal, 'index.html'), '<title>portal</title>')
  writeFileSync(join(portal, '.env'), secret)
  writeFileSync(join(root, 'secret.txt'), secret)
  stack = await startApiStack({ UAIS_PORTAL_DIR: portal })
})
afterAll(async () => {
  await stack.stop()
  rmSync(root, { recursive: true, force: true })
})

function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const { hostname, port } = new URL(stack.url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers }, async (answer) => {
      const chunks: Buffer[] = []
      for await (const chunk of answer) chunks.push(chunk as Buffer)
      resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() })
    })
    asked.on('error', reject)
    asked.end()
  })
}

describe('files', () => {
  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/assets/../../secret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/%252e%252e/%252e%252e/secret.txt',
    '//etc/passwd',
    '/.env',
    '/index.html%00.txt',
  ])('%s leads nowhere outside the portal', async (path) => {
    const { status, text } = await get(path)
    expect(text).not.toContain(secret)
    expect(text).not.toMatch(/root:/)
    expect([400, 403, 404]).toContain(status)
    const page = await get(path, { accept: 'text/html' })
    expect(page.text).not.toContain(secret)
  })
})

describe('ids', () => {
  it.each(['..', '%2e%2e', '..%2f..%2fhealthz', '%00', "'%20or%201=1--", '%3Cscript%3E', 'x'.repeat(3000)])(
    '%s names nothing',
    async (id) => {
      const sam = await stack.as('sam')
      const before = (await stack.pool.query('select count(*)::int as n from resource')).rows[0].n
      for (const noun of ['projects', 'accounts', 'runs']) {
        const { status, text } = await get(`/api/v1/${noun}/${id}`, sam.headers)
        expect([400, 404, 414]).toContain(status)
        expect(JSON.parse(text)).toMatchObject({ code: expect.stringMatching(/^(invalid-request|not-found)$/) })
        expect(text).not.toContain('<script>')
      }
      expect((await stack.pool.query('select count(*)::int as n from resource')).rows[0].n).toBe(before)
    },
  )
})
