// Writes terraform/stacks/<stack>/examples/<name>.tfvars.json from the compiler: `tsx packages/guardrails/scripts/write-examples.ts`.
import { mkdirSync, writeFileSync } from 'node:fs'
import { examples } from '../src/examples.ts'

const stacks = new URL('../../../terraform/stacks/', import.meta.url)
for (const [path, variables] of Object.entries(examples())) {
  const [stack, name] = path.split('/')
  const folder = new URL(`${stack}/examples/`, stacks)
  mkdirSync(folder, { recursive: true })
  writeFileSync(new URL(`${name}.tfvars.json`, folder), `${JSON.stringify(variables, null, 2)}\n`)
}
