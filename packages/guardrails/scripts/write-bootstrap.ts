// Writes the bootstrap of the examples' account as a Terraform folder: `tsx packages/guardrails/scripts/write-bootstrap.ts <folder>`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleAccount, exampleExternalId } from '../src/examples.ts'
import { renderBootstrap } from '../src/index.ts'

const [folder] = process.argv.slice(2)
if (!folder) throw new Error('say where to write: tsx packages/guardrails/scripts/write-bootstrap.ts <folder>')
const { fileName, terraform } = renderBootstrap({ ...exampleAccount, externalId: exampleExternalId })
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, fileName), terraform)
