import { readdirSync, readFileSync } from 'node:fs'
import type { Question } from './case-world.ts'

interface Case extends Question {
  name: string
  /** `allowed`, `not allowed` (nothing grants it), or `denied by <Sid>`. */
  expect: string
}

interface CaseFile {
  control: string
  source: string
  cases: Case[]
}

type Several<T> = T | readonly T[]

/** As it is written: one fact may be about several who ask, actions and resources. */
interface Written extends Omit<Case, 'as' | 'action' | 'resource'> {
  as: Several<Case['as']>
  action: Several<string>
  resource: Several<string>
}

const each = <T>(value: Several<T>): readonly T[] => (Array.isArray(value) ? value : [value as T])

/** One case for each who asks, action and resource, each named by what it is about where there are several. */
function spread(written: Written): Case[] {
  const cases = each(written.as).flatMap((as) =>
    each(written.action).flatMap((action) => each(written.resource).map((resource) => ({ as, action, resource }))),
  )
  if (cases.length === 1) return cases.map((one) => ({ ...written, ...one }))
  return cases.map((one) => ({ ...written, ...one, name: `${written.name}: ${Object.values(one).join(' ')}` }))
}

/** What must be denied and what must stay possible, by control. */
export function caseFiles(): CaseFile[] {
  const folder = new URL('../cases/', import.meta.url)
  return readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as CaseFile & { cases: Written[] })
    .map((file) => ({ ...file, cases: file.cases.flatMap(spread) }))
}
