import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { groupId, oid } from '@uais/sandbox'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiStack, furnish, startApiStack } from './api-stack.ts'

const portal = mkdtempSync(join(tmpdir(), 'uais-portal-'))
let stack: ApiStack
beforeAll(async () => {
  mkdirSync(join(portal, 'assets'))
  writeFileSync(join(portal, 'index.html'), '<!doctype html><title>UAIS</title>')
  writeFileSync(join(portal, 'assets', 'main-abc.js'), 'export {}')
  writeFileSync(join(portal, '..', 'uais-outside.txt'), 'secret')
  stack = await startApiStack({ UAIS_PORTAL_DIR: portal })
})
afterAll(async () => {
  await stack.stop()
  rmSync(portal, { recursive: true, force: true })
  rmSync(join(portal, '..', 'uais-outside.txt'), { force: true })
})
const get = (path: string, accept = 'text/html') => fetch(stack.url + path, { headers: { accept } })

describe('the portal', () => {
  it.each(['/', '/projects/1', '/accounts/new?step=2'])('%s is its page, never cached', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('cache-control')).toMatch(/no-cache/)
    expect(await answer.text()).toContain('<title>UAIS</title>')
  })

  it('assets are named by their content and kept', async () => {
    const answer = await get('/assets/main-abc.js', '*/*')
    expect(answer.headers.get('cache-control')).toMatch(/immutable/)
    expect(answer.headers.get('content-type')).toMatch(/javascript/)
  })

  it.each(['/api/v1/nowhere', '/auth/nowhere'])('%s is not found, whatever a browser would like', async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(await answer.json()).toMatchObject({ code: 'not-found' })
  })

  it('a missing asset is not found, not a page', async () => {
    expect((await get('/assets/gone.js', '*/*')).status).toBe(404)
  })

  it.each([
    '/../uais-outside.txt',
    '/..%2fuais-outside.txt',
    '/assets/..%2f..%2fuais-outside.txt',
    '/%2e%2e/uais-outside.txt',
  ])('%s leads nowhere', async (path) => {
    const answer = await get(path, '*/*')
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await answer.text()).not.toContain('secret')
  })
})

describe('who leaves a group', () => {
  it('can do nothing more from the next act on, and sees nothing after a minute', async () => {
    const { sam, project, data } = await furnish(stack)
    const { directory } = stack.stack.entra
    await expect(sam.client.call('projects.read', { params: { id: project.id } })).resolves.toBeDefined()
    directory.setMember(groupId('claims-fraud-scientists'), oid('sam'), false)
    const grant = sam.client.call('data-sources.upload', {
      params: { id: data.id },
      body: { fileName: 'a.csv', bytes: 3 },
    })
    await expect(grant).rejects.toMatchObject({ code: 'not-found' })
    // The act asked Graph anew, so what was remembered for reading is new as well.
    await expect(sam.client.call('projects.read', { params: { id: project.id } })).rejects.toMatchObject({
      code: 'not-found',
    })
    expect(await sam.client.call('projects.list')).toMatchObject({ items: [], total: 0 })
    directory.setMember(groupId('claims-fraud-scientists'), oid('sam'), true)
  })
})
