import { caseFiles } from '../case-files.ts'
import { type Question, spelt } from '../case-world.ts'
import type { Witness } from './witnesses.ts'

/** The cases of all controls as requests that must, or must not, be allowed; of one world of theirs. */
export const caseWitnesses = (where: Question['in']): Witness[] =>
  caseFiles().flatMap(({ control, cases }) =>
    cases
      .filter((one) => one.in === where)
      .map((one) => ({
        invariant: `${control} case "${one.name}"`,
        wanted: one.expect === 'allowed',
        request: spelt(one),
      })),
  )
