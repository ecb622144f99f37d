import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { catalogue } from './catalogue.ts'
import { inProject } from './examples.ts'
import { guardrailsPage, notGuaranteedPage } from './pages.ts'

const written = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8')

it.each([
  ['guardrails.md', guardrailsPage(inProject())],
  ['not-guaranteed.md', notGuaranteedPage()],
])('docs/%s is current (else run scripts/write-docs.ts)', (name, wanted) => expect(written(name)).toBe(wanted))

it('leaves no control and no limit out', () => {
  const [all, edges] = [guardrailsPage(inProject()), notGuaranteedPage()]
  for (const { id, words, limits } of catalogue) {
    expect(all).toContain(`### ${id} `)
    expect(all).toContain(words)
    for (const limit of limits) expect(edges).toContain(limit)
  }
})
