import type { PolicyDocument, PolicyStatement } from '@uais/iam'
import { type Documents, worldDocuments } from '../case-documents.ts'
import { params, sam, strictest } from '../case-world.ts'
import type { Profile } from '../params.ts'
import { caseWitnesses } from './case-witnesses.ts'
import type { Mutant } from './mutants.ts'
import { type MutationReport, mutate } from './survivors.ts'

/**
 * Mutation of a profile as it is shipped, in the account of the cases; and of what it says besides where the owner
 * agreed to everything that an owner can agree to. Takes about a quarter of a minute of one core.
 */
export async function mutateProfile(profile: Profile): Promise<MutationReport> {
  const usual = await mutate({ ...params, profile }, sam, caseWitnesses(undefined))
  const agreed = { ...strictest, profile }
  const isBesides = besides(worldDocuments({ ...params, profile }), worldDocuments(agreed))
  const more = await mutate(agreed, sam, [...caseWitnesses('strictest'), ...caseWitnesses(undefined)], isBesides)
  const marked = <One extends Mutant>(list: readonly One[]) =>
    list.map((one) => ({ ...one, document: `${one.document} (everything agreed)` }))
  return {
    killed: [...usual.killed, ...marked(more.killed)],
    equivalent: [...usual.equivalent, ...marked(more.equivalent)],
    survivors: [...usual.survivors, ...marked(more.survivors)],
    ms: usual.ms + more.ms,
  }
}

/** Whether a mutant is of a statement that stands in none of the usual documents. */
function besides(usual: Documents, agreed: Documents): (mutant: Mutant) => boolean {
  const known = new Set(Object.values(usual).flatMap((text) => statementsOf(text).map((one) => JSON.stringify(one))))
  const others = Object.entries(agreed).flatMap(([document, text]) =>
    statementsOf(text).flatMap((one) => (known.has(JSON.stringify(one)) ? [] : [`${document} ${one.Sid}`])),
  )
  return ({ document, sid }) => others.includes(`${document} ${sid}`)
}

const statementsOf = (text: string) => [(JSON.parse(text) as PolicyDocument).Statement].flat() as PolicyStatement[]
