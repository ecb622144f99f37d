import { describe, expect, it } from 'vitest'
import { worldDocuments } from '../case-documents.ts'
import { params, sam } from '../case-world.ts'
import { alwaysThere } from './always-there.ts'
import { mutants } from './mutants.ts'
import { mutateProfile } from './mutate-profile.ts'
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
  it.each(['regulated', 'standard'] as const)('is every mistake in %s', { timeout: 300_000 }, async (profile) => {
    const { killed, equivalent, survivors } = await mutateProfile(profile)
    expect(survivors.map(told)).toEqual([])
    expect(killed.length).toBeGreaterThan(1_300)
    // Few, and each for a reason of AWS's own: a list of excuses would hide what nothing notices.
    expect(equivalent.length).toBeLessThan(10)
    for (const mutant of equivalent) expect(mutant.equivalent, told(mutant)).toMatch(/aws:|PutMetricData/)
  })

  it('is nothing, where there are no cases and no promise speaks of the document', { timeout: 60_000 }, async () => {
    const report = await mutate(params, sam, [], ({ document }) => document === 'artifact-lock')
    expect(report.survivors.length).toBeGreaterThan(0)
  })
})

describe('a mistake that changes no decision', () => {
  const statement = (rest: object) => ({ Effect: 'Allow' as const, Action: 's3:GetObject', Resource: '*', ...rest })

  it('is told where AWS fills the key in every request that the statement can match', () => {
    expect(alwaysThere('aws:PrincipalArn', statement({}))).toMatch(/every signed request/)
    expect(alwaysThere('aws:PrincipalArn', statement({ Principal: { AWS: 'arn:aws:iam::1:root' } }))).toMatch(/signed/)
    expect(alwaysThere('aws:ResourceAccount', statement({}))).toMatch(/Amazon S3/)
  })

  it('is none where a request could lack it', () => {
    expect(alwaysThere('aws:PrincipalArn', statement({ Principal: '*' }))).toBeUndefined()
    expect(alwaysThere('aws:PrincipalArn', statement({ Principal: { Service: 'x.amazonaws.com' } }))).toBeUndefined()
    expect(alwaysThere('aws:ResourceAccount', statement({ Action: '*' }))).toBeUndefined()
    expect(alwaysThere('aws:SourceArn', statement({}))).toBeUndefined()
  })
})
