import { describe, expect, it } from 'vitest'
import { params, strictest } from '../case-world.ts'
import { everyStatement } from '../every-document.ts'
import { inConditions } from './conditions.ts'
import { inGrants } from './grants.ts'

const worlds = [params, strictest, { ...params, profile: 'standard' as const }, { ...params, partition: 'aws-us-gov' }]
const standing = worlds.flatMap(everyStatement)

describe('errors of published guardrails', () => {
  it.each([...inConditions, ...inGrants])('$numbers: $name', async ({ find, seen }) => {
    expect(await find(seen), 'the rule does not find the error itself').toBeDefined()
    const found = await Promise.all(standing.map(async (one) => ({ ...one, wrong: await find(one) })))
    const wrong = found.filter((one) => one.wrong !== undefined)
    expect(wrong.map((one) => `${one.document} ${one.statement.Sid}: ${one.wrong}`)).toEqual([])
  })
})
