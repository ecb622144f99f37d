import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { examples } from './examples.ts'

describe('examples of the stacks', () => {
  it.each(Object.entries(examples()))('%s is current (else run scripts/write-examples.ts)', (path, variables) => {
    const [stack, name] = path.split('/')
    const file = new URL(`../../../terraform/stacks/${stack}/examples/${name}.tfvars.json`, import.meta.url)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(variables)
  })
})
