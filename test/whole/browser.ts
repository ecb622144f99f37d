import { AxeBuilder } from '@axe-core/playwright'
import bundled from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'

/** As root there is no sandbox; the rest keeps Chromium from looking for servers of its own. */
const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-sync']

/** A real Chromium that came with npm install. Its package's own arguments suit a function in the cloud, not a test. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: await bundled.executablePath(), args, headless: true })
}

/** A person's own browser window, signed in over Entra's page by clicking that person's name. */
export async function signedIn(
  browser: Browser,
  origin: string,
  name: string,
  scheme: 'light' | 'dark' = 'light',
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ colorScheme: scheme, viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(origin)
  await page
    .getByRole('link', { name: 'Sign in with Entra ID' })
    .or(page.getByRole('button', { name: 'Sign in with Entra ID' }))
    .first()
    .click()
  await page.getByRole('button', { name: new RegExp(`${name}@uais\\.example`) }).click()
  await page.getByRole('heading', { name: /^Welcome/ }).waitFor()
  return { context, page }
}

/** Follows the first link of that name, and waits until the page under it stands. */
export async function follow(page: Page, name: string | RegExp, heading: string | RegExp): Promise<void> {
  await page.getByRole('link', { name }).first().click()
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
}

/** What axe finds wrong (WCAG 2 A and AA), one line each; empty when the page is clean. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'])
    .analyze()
  return found.map(
    (each) =>
      `${each.id}: ${each.help} at ${each.nodes
        .map((node) => node.target.join(' '))
        .slice(0, 3)
        .join(', ')}`,
  )
}
