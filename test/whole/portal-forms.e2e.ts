import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { DemoResult } from '@uais/devstack'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { follow, openBrowser, signedIn } from './browser.ts'
import { demo } from './demo.ts'

let browser: Browser
let stack: DemoResult
let directory: string

beforeAll(async () => {
  stack = await demo()
  browser = await openBrowser()
  directory = mkdtempSync(join(tmpdir(), 'uais-upload-'))
})
afterAll(async () => {
  await browser?.close()
  rmSync(directory, { recursive: true, force: true })
})

/** A person's own window, with the project's page open. */
async function inProject(name: string): Promise<Page> {
  const { page } = await signedIn(browser, stack.urls.portal, name)
  await follow(page, stack.project.name, stack.project.name)
  return page
}

async function choose(page: Page, field: string | RegExp, option: string | RegExp): Promise<void> {
  await page.getByLabel(field).click()
  await page.getByRole('option', { name: option }).first().click()
}

async function pickGroup(page: Page, field: RegExp, group: string): Promise<void> {
  await page.getByLabel(field).fill(group)
  await page.getByRole('option', { name: new RegExp(`^${group}`) }).click()
}

test('an owner’s project form takes one to what is missing, and gives the server’s answer in words', async () => {
  const { page } = await signedIn(browser, stack.urls.portal, 'owen')
  await page.goto(`${stack.urls.portal}/projects/new`)
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByText('This is needed.').first().waitFor()
  expect(await page.locator(':focus').getAttribute('aria-invalid')).toBe('true')
  expect(await page.locator('form').textContent()).not.toMatch(/UUID|Invalid|expected one of/)

  await page.getByLabel('Name').first().fill(stack.project.name)
  await page.getByLabel('Objective').fill('Look first where it matters, a second time.')
  await choose(page, /^Account/, /claims/)
  await page.getByLabel('Cost centre').fill('CC-4711')
  await choose(page, /^Classification/, 'Internal')
  await pickGroup(page, /^Leads/, 'claims-fraud-leads')
  expect(await page.locator('[aria-invalid="true"]').count()).toBe(0)
  await page.getByRole('button', { name: 'Create project' }).click()
  await page.getByText('The name is taken', { exact: true }).waitFor()
  await page.context().close()
})

test('a lead uploads a file from the browser straight into the owner’s bucket', async () => {
  const page = await inProject('lena')
  await follow(page, 'measurements', 'measurements')
  const file = join(directory, 'by-hand.csv')
  writeFileSync(file, '0,1,2\n1,2,3\n')
  const posted = page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 204)
  await page.locator('input[type=file]').setInputFiles(file)
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  expect(new URL((await posted).url()).origin).toBe(stack.urls.aws)
  await page.getByRole('rowheader', { name: 'by-hand.csv' }).waitFor()
  await page.context().close()
})

test('what a person may not do is not offered, and said where the address is known', async () => {
  const page = await inProject('vic')
  await page.getByRole('gridcell', { name: 'vic@uais.example' }).waitFor()
  for (const name of ['Add workspace', 'Add data', 'Change', 'Delete'])
    expect(await page.getByRole('link', { name }).or(page.getByRole('button', { name })).count(), name).toBe(0)
  await page.goto(`${page.url()}/workspaces/new`)
  await page.getByText('This is not yours to do').waitFor()
  await page.context().close()
})
