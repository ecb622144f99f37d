import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

it('READMEs below terraform/ are current, variables and outputs are in order', () => {
  const script = fileURLToPath(new URL('./terraform-docs.mjs', import.meta.url))
  expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow()
})
