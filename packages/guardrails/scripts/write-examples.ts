// Writes the stacks' examples from the compiler: `tsx packages/guardrails/scripts/write-examples.ts [folder account.json]`.
// Without arguments: terraform/stacks/<stack>/examples/, with placeholders for what the stack `account` makes.
// With them: <folder>/<stack>/, with the ids that `terraform output -json` of that stack told.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { examples, liveFrom, placeholders } from '../src/examples.ts'

const [folder, outputs] = process.argv.slice(2)
const live = outputs ? liveFrom(JSON.parse(readFileSync(outputs, 'utf8'))) : placeholders
const stacks = fileURLToPath(new URL('../../../terraform/stacks/', import.meta.url))

for (const [path, variables] of Object.entries(examples(live))) {
  const [stack = '', name = ''] = path.split('/')
  const home = folder ? join(folder, stack) : join(stacks, stack, 'examples')
  mkdirSync(home, { recursive: true })
  writeFileSync(join(home, `${name}.tfvars.json`), `${JSON.stringify(variables, null, 2)}\n`)
}
