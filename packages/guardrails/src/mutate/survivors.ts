import { type Documents, worldDocuments } from '../case-documents.ts'
import { catalogue } from '../catalogue.ts'
import type { ProjectParams } from '../params.ts'
import { actionTest } from './action-test.ts'
import { type Layer, layerOf, type World, worldOf } from './layers.ts'
import { type Mutant, mutants } from './mutants.ts'
import { forbidden, isProhibition, type Witness, wish } from './witnesses.ts'

/** A mistake, and what notices it. */
interface Killed extends Mutant {
  by: string
}

export interface MutationReport {
  killed: readonly Killed[]
  /** Mistakes that change no decision, each with the reason: nothing can notice them. */
  equivalent: readonly Mutant[]
  survivors: readonly Mutant[]
  ms: number
}

/**
 * Makes every mistake that `mutants` knows in the documents of one account with one project, and looks which of them a
 * promise notices: by a request that it forbids and that the mistake lets through, in the document's own layer or in
 * all together; by one that must stay possible and is denied; or by a case. A survivor is a statement, or a part of
 * one, that no promise needs: the promise is missing, or the part is superfluous. `isMeant` picks some.
 */
export async function mutate(
  p: ProjectParams,
  sam: string,
  cases: readonly Witness[],
  isMeant: (mutant: Mutant) => boolean = () => true,
): Promise<MutationReport> {
  const start = performance.now()
  const documents = worldDocuments(p)
  const judge = await judgeOf(p, sam, documents, cases)
  const killed: Killed[] = []
  const equivalent: Mutant[] = []
  const survivors: Mutant[] = []
  const people = [`arn:${p.partition}:iam::${p.awsAccountId}:role/admin`, p.breakGlassPrincipal]
  for (const mutant of mutants(documents, people).filter(isMeant)) {
    const by = await judge(mutant)
    if (by !== undefined) killed.push({ ...mutant, by })
    else if (mutant.equivalent !== undefined) equivalent.push(mutant)
    else survivors.push(mutant)
  }
  return { killed, equivalent, survivors, ms: Math.round(performance.now() - start) }
}

async function judgeOf(p: ProjectParams, sam: string, documents: Documents, cases: readonly Witness[]) {
  const sound = worldOf(p, sam, documents)
  const invariants = catalogue.flatMap((control) => control.invariants?.(p) ?? [])
  const wishes = invariants.flatMap((invariant) => (isProhibition(invariant) ? [] : wish(invariant, sound)))
  const prohibitions = invariants.filter(isProhibition)
  const expected = [...wishes, ...cases].filter((one) => holds(sound, 'all', one))
  const refused = cases.filter(({ wanted }) => !wanted)
  const remembered = new Map<string, Promise<Witness[]>>()
  /** What the invariants forbid about the actions, as far as the layer keeps it. */
  const kept = (layer: Layer, actions: readonly string[]) => {
    const id = `${layer} ${actions.join()}`
    const known = remembered.get(id) ?? witnesses(actions).then((all) => all.filter((one) => holds(sound, layer, one)))
    remembered.set(id, known)
    return known
  }
  const made = new Map<string, Promise<Witness[]>>()
  const witnesses = (actions: readonly string[]) => {
    const id = actions.join()
    const about = { p, sam, world: sound }
    const known =
      made.get(id) ??
      Promise.all(prohibitions.map((one) => forbidden(one, about, actions))).then((lists) => [
        ...refused.filter(({ request }) => actionTest(actions)(request.action)),
        ...lists.flat(),
      ])
    made.set(id, known)
    return known
  }
  return async (mutant: Mutant): Promise<string | undefined> => {
    const mistaken = worldOf(p, sam, { ...documents, [mutant.document]: mutant.text })
    const isConcerned = actionTest(mutant.actions)
    const missed = expected.find((one) => isConcerned(one.request.action) && !holds(mistaken, 'all', one))
    if (missed) return missed.invariant
    for (const layer of [layerOf(mutant), 'all'] as const) {
      const found = (await kept(layer, mutant.actions)).find((one) => !holds(mistaken, layer, one))
      if (found) return found.invariant
    }
    return undefined
  }
}

const holds = (world: World, layer: Layer, { request, wanted }: Witness): boolean =>
  world.allows(layer, request) === wanted
