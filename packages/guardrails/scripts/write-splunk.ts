// Writes the Splunk app with the correlation searches: `tsx packages/guardrails/scripts/write-splunk.ts`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { anywhere, splunkApp } from '../src/splunk/app.ts'

for (const [name, text] of Object.entries(splunkApp(anywhere))) {
  const path = fileURLToPath(new URL(`../splunk/${name}`, import.meta.url))
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
