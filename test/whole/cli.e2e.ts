import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DemoResult } from '@uais/devstack'
import { Browser, oid, tenantId } from '@uais/sandbox'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Outcome, openTerminal, type Terminal, tokenOf } from '../service/cli-terminal.ts'
import { demo } from './demo.ts'

/** Sam at a terminal, when everything has been done: what the portal shows, the command line shows too. */
let stack: DemoResult
let terminal: Terminal
const files = mkdtempSync(join(tmpdir(), 'uais-cli-files-'))

beforeAll(async () => {
  stack = await demo()
  terminal = openTerminal({ server: stack.urls.portal }, (line) => {
    const [, page, code] = /^Open (\S+) and enter (\S+)$/.exec(line) ?? []
    if (page && code) void new Browser().confirmDevice(new URL(page), code, oid('sam'))
  })
  expect((await terminal.run(['sign-in'])).status).toBe(0)
})
afterAll(() => {
  terminal?.close()
  rmSync(files, { recursive: true, force: true })
})

const uais = async (...args: string[]): Promise<string> => {
  const { status, out, note }: Outcome = await terminal.run(args)
  expect(status, out + note).toBe(0)
  return out
}
// biome-ignore lint/suspicious/noExplicitAny: answers of all commands
const json = async (...args: string[]): Promise<any> => JSON.parse(await uais(...args, '--json'))

test('who one is, and the project with its people', async () => {
  expect(await uais('whoami')).toContain(`object id ${oid('sam')}`)
  expect(await uais('projects', 'list')).toMatch(new RegExp(`^fraud .* Ready +${stack.project.id}$`, 'm'))
  expect(await uais('projects', 'show', 'fraud')).toContain(`fraud  Ready  ${stack.project.id}`)
  expect(await uais('projects', 'members', 'fraud')).toContain('sam@uais.example')
})

test('the model with its digest, its review and its endpoint', async () => {
  const models = await uais('models', 'list', 'fraud')
  expect(models).toContain(stack.model.artifactDigest.replace(/^sha256:/, ''))
  expect(models).toMatch(/ Approved +approved /)
  expect(await uais('models', 'show', stack.model.versionId)).toContain(`package ${stack.model.packageArn}`)
  const review = await uais('reviews', 'show', stack.review.id)
  expect(review.split('\n')[0]).toContain('approved')
  for (const reviewer of stack.review.reviewers) expect(review).toContain(reviewer)
  // The demo ends by planning every stack once more: until that has settled the endpoint says that it waits.
  await expect
    .poll(() => uais('deployments', 'show', stack.endpoint.id), { timeout: 120_000, interval: 2000 })
    .toContain(`Ready  ${stack.endpoint.url}`)
  expect(await uais('deployments', 'list', 'fraud')).toContain(stack.endpoint.url)
})

test('every step of entering the account is tried for its owner', async () => {
  const token = await tokenOf({ portal: stack.urls.portal }, `${stack.urls.entra}/${tenantId}`, 'owen')
  const owner = openTerminal({ server: stack.urls.portal, token })
  const { status, out } = await owner.run(['accounts', 'probe', 'claims'])
  owner.close()
  expect(status, out).toBe(0)
  const lines = out.split('\n')
  expect(lines.filter((line) => line.startsWith('passed  ')).length).toBeGreaterThan(5)
  for (const line of lines) expect(line).toMatch(/^(passed|skipped) +\S/)
})

test('what the account’s own roles could do is read when its owner allows it, and shown afterwards', async () => {
  const token = await tokenOf({ portal: stack.urls.portal }, `${stack.urls.entra}/${tenantId}`, 'owen')
  const owner = openTerminal({ server: stack.urls.portal, token })
  const before = await owner.run(['accounts', 'existing', 'claims'])
  const read = await owner.run(['accounts', 'existing', 'claims', '--read'])
  const after = await owner.run(['accounts', 'existing', 'claims'])
  owner.close()
  expect(before).toMatchObject({ status: 0, out: expect.stringMatching(/^(Nothing has been read|With what)/) })
  expect(read, read.note).toMatchObject({ status: 0, out: expect.stringMatching(/^With what you have today, /) })
  expect(after.out).toBe(read.out)
  expect(await terminal.run(['accounts', 'existing', 'claims', '--read'])).toMatchObject({ status: 1, out: '' })
})

test('the registry is looked at on demand, by the worker', async () => {
  expect(await uais('models', 'sweep', 'fraud')).toMatch(/^\d+ model versions$/)
})

test('runs are listed, shown and watched to the end they had', async () => {
  const { items } = await json('runs', 'list', '--project', 'fraud', '--phase', 'succeeded')
  const run = items.find((each: { stack: { kind: string } }) => each.stack.kind === 'endpoint')
  expect(await uais('runs', 'show', run.id)).toMatch(/^endpoint\/claims\/fraud\/\S+ {2}apply {2}succeeded /)
  const watched = await terminal.run(['runs', 'watch', run.id])
  expect(watched.status).toBe(0)
  expect(watched.note).toMatch(/^\d\d:\d\d:\d\d applying .+$/m)
})

test('lineage leads from the object to the endpoint', async () => {
  const { nodes, edges } = await json('projects', 'lineage', 'fraud')
  expect(edges.length).toBe(stack.lineage.edges.length)
  expect(nodes.length).toBe(stack.lineage.nodes.length)
  const drawn = (await uais('projects', 'lineage', 'fraud')).split('\n')
  expect(drawn).toHaveLength(edges.length)
})

test('a file is uploaded straight into the owner’s bucket, and is listed', async () => {
  const path = join(files, 'notes.csv')
  writeFileSync(path, 'id,value\n1,2\n')
  const { items } = await json('data', 'list', 'fraud')
  const source = items.find((each: { spec: { source: string } }) => each.spec.source === 'upload')
  const key = await uais('data', 'upload', 'fraud', source.name, path)
  expect(key).toBe(`projects/fraud/data/${source.name}/notes.csv`)
  expect(await uais('data', 'objects', 'fraud', source.name)).toMatch(new RegExp(`${key} +13 `))
})

test('the workspace link is new each time, and opens Studio as exactly this person', async () => {
  const { items } = await json('workspaces', 'list', 'fraud')
  const mine = items.find((each: { status: { outputs: { userProfileName?: string } } }) => {
    return each.status.outputs.userProfileName === stack.workspace.userProfile
  })
  const url = await uais('workspaces', 'open', 'fraud', mine.name)
  expect(await uais('workspaces', 'open', 'fraud', mine.name)).not.toBe(url)
  const entered = await fetch(url, { redirect: 'manual' })
  expect(entered.status).toBe(303)
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const identity = await fetch(new URL('/_studio/api/identity', url), { headers: { cookie } })
  expect(await identity.json()).toMatchObject({ userProfileName: oid('sam'), sourceIdentity: oid('sam') })
})

test('what is not Sam’s is refused in words, with exit 1', async () => {
  const { items } = await json('runs', 'list', '--limit', '1')
  for (const args of [
    ['accounts', 'pause', 'claims'],
    ['audit'],
    ['reviews', 'approve', stack.review.id, '--comment', 'mine'],
    ['runs', 'approve', items[0].id],
  ]) {
    const refused = await terminal.run(args)
    expect(refused).toMatchObject({ status: 1, out: '', note: expect.stringMatching(/^uais: .{20}/) })
  }
})
