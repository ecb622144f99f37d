import type { DemoResult } from '@uais/devstack'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { follow, openBrowser, signedIn, violations } from './browser.ts'
import { demo } from './demo.ts'

let browser: Browser
let stack: DemoResult

beforeAll(async () => {
  stack = await demo()
  browser = await openBrowser()
})
afterAll(() => browser?.close())

describe.each(['light', 'dark'] as const)('pages are clean for axe in %s mode', (scheme) => {
  test('the scientist’s: home, project, data, model, endpoint, run', async () => {
    const { context, page } = await signedIn(browser, stack.urls.portal, 'sam', scheme)
    const found: Record<string, string[]> = {}
    const look = async (name: string) => {
      await page.waitForLoadState('networkidle').catch(() => undefined)
      const bad = await violations(page)
      if (bad.length > 0) found[name] = bad
    }
    await look('home')
    await follow(page, 'fraud', 'fraud')
    await page.getByText(stack.workspace.userProfile).first().waitFor()
    await look('project')
    await follow(page, 'measurements', 'measurements')
    await look('data source')
    await page.goBack()
    await follow(page, /uais-fraud/, /uais-fraud/)
    await look('model version')
    await page.goBack()
    await follow(page, 'cases', 'cases')
    await look('deployment')
    await follow(page, /^endpoint\//, /endpoint\//)
    await look('run')
    for (const [path, heading] of [
      ['/guardrails', 'Guardrails'],
      ['/runs', 'Runs'],
      ['/reviews', 'Reviews'],
      ['/projects/new', 'Create project'],
      ['/nowhere', 'There is nothing here'],
    ] as const) {
      await page.goto(stack.urls.portal + path)
      await page.getByRole('heading', { level: 1, name: new RegExp(heading) }).waitFor()
      await look(path)
    }
    await context.close()
    expect(found).toEqual({})
  })

  test('the owner’s, the board’s and the administrator’s', async () => {
    const found: Record<string, string[]> = {}
    const visits = [
      ['owen', ['/', '/accounts', '/findings', '/audit']],
      ['rita', ['/', '/reviews']],
      ['ada', ['/', '/accounts', '/accounts/new', '/audit']],
    ] as const
    for (const [name, paths] of visits) {
      const { context, page } = await signedIn(browser, stack.urls.portal, name, scheme)
      for (const path of paths) {
        await page.goto(stack.urls.portal + path)
        await page.getByRole('heading', { level: 1 }).first().waitFor()
        await page.waitForLoadState('networkidle').catch(() => undefined)
        const bad = await violations(page)
        if (bad.length > 0) found[`${name} ${path}`] = bad
      }
      await context.close()
    }
    expect(found).toEqual({})
  })
})

test('a person without groups sees nothing of the project, not even that it exists', async () => {
  const { context, page } = await signedIn(browser, stack.urls.portal, 'nora')
  await page.getByText('You are in no project yet').waitFor()
  const response = await page.request.get(`${stack.urls.portal}/api/v1/projects/${stack.project.id}`)
  expect(response.status()).toBe(404)
  await page.goto(`${stack.urls.portal}/projects/${stack.project.id}`)
  await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
  await context.close()
})

test('the workspace link opens Studio as exactly this person', async () => {
  const { context, page } = await signedIn(browser, stack.urls.portal, 'sam')
  await follow(page, 'fraud', 'fraud')
  const opened = context.waitForEvent('page')
  await page.getByRole('button', { name: /Open workspace/ }).click()
  const studio = await opened
  await studio.getByText(stack.workspace.sourceIdentity).first().waitFor()
  await studio
    .getByText(/^Data: /)
    .first()
    .waitFor()
  await studio.getByText('.csv').first().waitFor()
  expect(await studio.getByText('is not authorized').count()).toBe(0)
  expect(await violations(studio)).toEqual([])
  await context.close()
})

test('a form says what is wrong at its field, and sends nothing', async () => {
  const { context, page } = await signedIn(browser, stack.urls.portal, 'owen')
  await page.goto(`${stack.urls.portal}/projects/new`)
  let sent = 0
  page.on('request', (request) => {
    if (request.method() === 'POST') sent++
  })
  await page.getByLabel('Name').first().fill('Not A Slug!')
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByText(/Use lower-case letters/).waitFor()
  expect(sent).toBe(0)
  await context.close()
})

test('text that looks like HTML is shown as text', async () => {
  const { context, page } = await signedIn(browser, stack.urls.portal, 'sam')
  await page.goto(`${stack.urls.portal}/projects`)
  const search = page.getByRole('searchbox').or(page.getByPlaceholder('Search')).first()
  await search.fill('<img src=x onerror=alert(1)>')
  await page.getByText(/Nothing matches/).waitFor()
  expect(await page.locator('img[src="x"]').count()).toBe(0)
  await context.close()
})
