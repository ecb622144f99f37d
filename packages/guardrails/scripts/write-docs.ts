// Writes docs/guardrails.md and docs/not-guaranteed.md from the catalogue: `tsx packages/guardrails/scripts/write-docs.ts`.
import { writeFileSync } from 'node:fs'
import { inProject } from '../src/examples.ts'
import { guardrailsPage, notGuaranteedPage } from '../src/pages.ts'

const docs = new URL('../../../docs/', import.meta.url)
writeFileSync(new URL('guardrails.md', docs), guardrailsPage(inProject()))
writeFileSync(new URL('not-guaranteed.md', docs), notGuaranteedPage())
