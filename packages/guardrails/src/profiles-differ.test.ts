import { describe, expect, it } from 'vitest'
import { params } from './case-world.ts'
import { statementsFor } from './catalogue.ts'
import type { Place } from './control.ts'
import type { Profile } from './params.ts'

const places: Place[] = [
  'scp',
  'rcp',
  'boundary',
  'studio',
  'data-bucket',
  'trail-bucket',
  's3-endpoint',
  'interface-endpoint',
]
const of = (profile: Profile) =>
  new Map(
    places.flatMap((place) =>
      statementsFor(place, { ...params, profile }).map((one) => [`${place} ${one.Sid}` as string, one] as const),
    ),
  )

type Statements = ReturnType<typeof of>
const conditions = (statements: Statements, name: string) => JSON.stringify(statements.get(name)?.Condition)
const controls = (names: string[]) => [...new Set(names.map((name) => /([A-Z]+\d+)/.exec(name)![1]!))].sort()

describe('the profile `regulated`', () => {
  const [standard, regulated] = [of('standard'), of('regulated')]

  it('keeps every statement of `standard`', () => {
    expect([...standard.keys()].filter((name) => !regulated.has(name))).toEqual([])
  })

  it('adds these, and makes these stricter, as params.ts says', () => {
    const added = [...regulated.keys()].filter((name) => !standard.has(name))
    expect(controls(added)).toEqual(['IDN3', 'NET6'])
    const other = [...regulated.keys()].filter(
      (name) => standard.has(name) && conditions(regulated, name) !== conditions(standard, name),
    )
    expect(controls(other)).toEqual(['COST1'])
    expect([standard, regulated].map((one) => one.get('scp IDN4OnlyAgreedRegion')?.Action)).toEqual([
      'sagemaker:*',
      undefined,
    ])
  })

  it('leaves an action out of a statement only where it denies it altogether', () => {
    const off = [...regulated.values()]
      .filter(({ Effect, Resource, Condition }) => Effect === 'Deny' && Resource === '*' && !Condition)
      .flatMap(({ Action }) => Action ?? [])
    const gone = [...standard].flatMap(([name, { Action = [] }]) => {
      const kept = [regulated.get(name)?.Action ?? []].flat()
      return name.endsWith('IDN4OnlyAgreedRegion') ? [] : [Action].flat().filter((action) => !kept.includes(action))
    })
    expect(gone.filter((action) => !off.includes(action))).toEqual([])
  })
})
