import { readdirSync, readFileSync } from 'node:fs'
import { type Question, spelt } from '../case-world.ts'
import type { Witness } from './witnesses.ts'

interface CaseFile {
  control: string
  cases: (Question & { name: string; expect: string })[]
}

/** The cases of all controls as requests that must, or must not, be allowed; of one world of theirs. */
export function caseWitnesses(where: Question['in']): Witness[] {
  const folder = new URL('../../cases/', import.meta.url)
  return readdirSync(folder)
    .sort()
    .map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as CaseFile)
    .flatMap(({ control, cases }) =>
      cases
        .filter((one) => one.in === where)
        .map((one) => {
          const wanted = one.expect === 'allowed'
          return { invariant: `${control} case "${one.name}"`, wanted, request: spelt(one) }
        }),
    )
}
