import type { PolicyDocument, PolicyStatement } from '@uais/iam'
import { type Documents, worldDocuments } from '../case-documents.ts'
import { params, sam, spent, strictest } from '../case-world.ts'
import type { Profile } from '../params.ts'
import { caseWitnesses } from './case-witnesses.ts'
import type { Mutant } from './mutants.ts'
import { type MutationReport, mutate } from './survivors.ts'

/** What an owner can agree to besides, by what is said of its documents. */
const besides = { 'everything agreed': ['strictest', strictest], 'budget spent': ['spent', spent] } as const

/**
 * Mutation of a profile as it is shipped, in the account of the cases; and of what it says besides where the owner
 * agreed to more. Takes about a quarter of a minute of one core.
 */
export async function mutateProfile(profile: Profile): Promise<MutationReport> {
  const cases = caseWitnesses(undefined)
  const usual = worldDocuments({ ...params, profile })
  const reports = [await mutate({ ...params, profile }, sam, cases)]
  for (const [said, [where, agreed]] of Object.entries(besides)) {
    const p = { ...agreed, profile }
    const report = await mutate(p, sam, [...caseWitnesses(where), ...cases], onlyIn(worldDocuments(p), usual))
    reports.push(marked(report, said))
  }
  return {
    killed: reports.flatMap(({ killed }) => killed),
    equivalent: reports.flatMap(({ equivalent }) => equivalent),
    survivors: reports.flatMap(({ survivors }) => survivors),
    ms: reports.reduce((sum, { ms }) => sum + ms, 0),
  }
}

function marked({ killed, equivalent, survivors, ms }: MutationReport, said: string): MutationReport {
  const mark = <One extends Mutant>(list: readonly One[]) =>
    list.map((one) => ({ ...one, document: `${one.document} (${said})` }))
  return { killed: mark(killed), equivalent: mark(equivalent), survivors: mark(survivors), ms }
}

/** Whether a mutant is of a statement that stands in none of the usual documents. */
function onlyIn(agreed: Documents, usual: Documents): (mutant: Mutant) => boolean {
  const known = new Set(Object.values(usual).flatMap((text) => statementsOf(text).map((one) => JSON.stringify(one))))
  const others = Object.entries(agreed).flatMap(([document, text]) =>
    statementsOf(text).flatMap((one) => (known.has(JSON.stringify(one)) ? [] : [`${document} ${one.Sid}`])),
  )
  return ({ document, sid }) => others.includes(`${document} ${sid}`)
}

const statementsOf = (text: string) => [(JSON.parse(text) as PolicyDocument).Statement].flat() as PolicyStatement[]
