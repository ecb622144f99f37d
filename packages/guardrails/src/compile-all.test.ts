import { describe, expect, it } from 'vitest'
import { compileAll } from './compile-all.ts'
import { inProject } from './examples.ts'

describe.each(['standard', 'regulated'] as const)('everything of profile %s', (profile) => {
  const files = compileAll({ ...inProject(), profile })

  it('is the same each time, whatever the order of the parameters', () => {
    const reversed = Object.fromEntries(Object.entries({ ...inProject(), profile }).reverse())
    expect(compileAll(reversed as never)).toEqual(files)
  })

  it('fits, and is nothing but JSON where it is called so', () => {
    for (const { path, text, size } of files) {
      if (path.endsWith('.json')) expect(() => JSON.parse(text), path).not.toThrow()
      if (size) expect(size.characters, path).toBeLessThanOrEqual(size.limit)
    }
    expect(files.filter(({ size }) => size).length).toBeGreaterThan(10)
  })

  it('names each document once and repeats no statement in it', () => {
    expect(new Set(files.map(({ path }) => path)).size).toBe(files.length)
    for (const { path, text } of files.filter(({ size }) => size)) {
      const { Statement } = JSON.parse(text) as { Statement: { Sid?: string }[] }
      const said = Statement.map(({ Sid: _, ...rest }) => JSON.stringify(rest))
      expect(new Set(said).size, path).toBe(said.length)
    }
  })
})

it('has no documents for an organization where there is none', () => {
  const { organizationId: _, ...alone } = inProject()
  expect(compileAll(alone).some(({ path }) => path.startsWith('organization/'))).toBe(false)
})
