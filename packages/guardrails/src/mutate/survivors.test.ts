import { describe, expect, it } from 'vitest'
import { worldDocuments } from '../case-documents.ts'
import { params, sam } from '../case-world.ts'
import { caseWitnesses } from './case-witnesses.ts'
import { mutants } from './mutants.ts'
import { mutate } from './survivors.ts'

const told = ({ document, sid, change }: { document: string; sid: string; change: string }) =>
  `${document} ${sid}: ${change}`

describe('mistakes', () => {
  const documents = worldDocuments(params)

  it('are hundreds, each another one, in a fixed order', () => {
    const found = mutants(documents, [])
    expect(found.length).toBeGreaterThan(900)
    expect(new Set(found.map(({ document, text }) => `${document} ${text}`)).size).toBe(found.length)
    expect(mutants(structuredClone(documents), [])).toEqual(found)
  })

  it('change the document that they are of', () => {
    for (const { document, text, sid, change } of mutants(documents, []))
      expect(text, `${sid} ${change}`).not.toBe(documents[document])
  })
})

describe('what a promise notices', () => {
  it.each(['resource-guardrails-1', 'guardrails-4'])('is every mistake in %s', { timeout: 120_000 }, async (name) => {
    const report = await mutate(params, sam, caseWitnesses(undefined), (document) => document === name)
    expect(report.killed.length).toBeGreaterThan(20)
    expect(report.survivors.map(told)).toEqual([])
  })

  it('is nothing, where there are no cases and no promise speaks of the document', { timeout: 60_000 }, async () => {
    const report = await mutate(params, sam, [], (document) => document === 'artifact-lock')
    expect(report.survivors.length).toBeGreaterThan(0)
  })
})
