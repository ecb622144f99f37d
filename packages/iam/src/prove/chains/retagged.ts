import { listOf } from '../../policy/document.ts'
import type { ProofBundle, ProofRequest } from '../bundle.ts'
import type { World } from '../world.ts'
import type { Asker } from './asker.ts'
import { statementsOf } from './documents.ts'
import { memoryOf } from './memory.ts'
import type { When } from './question.ts'
import { stepsTo } from './steps.ts'
import { iamAction, type Target } from './target.ts'

/** Tags that somebody gave a role or took from it, and how. */
export interface Retagging {
  readonly tags: Readonly<Record<string, string>>
  readonly steps: readonly ProofRequest[]
}

/**
 * Other tags that a role can be given, as far as some policy asks for them: those that can be taken are gone, and with
 * each value that a policy asks for. What a policy denies for a tag it denies no longer where the tag can be taken.
 */
export function retaggings(asker: Asker, target: Target): readonly Retagging[] {
  if (!target.listed || target.kind !== 'role') return []
  const wanted = tagsAskedFor(asker.world)
  const change = (verb: string, when: When) =>
    asker.ask({ action: iamAction(target, verb, ''), arns: [target.arn], ...(when && { when }) })
  const bare: Record<string, string> = { ...target.tags }
  const untagging: ProofRequest[] = []
  for (const tag of Object.keys(bare).filter((key) => wanted.has(key.toLowerCase()))) {
    const found = change('Untag', { 'ForAnyValue:StringEquals': { 'aws:TagKeys': tag } })
    if (!found) continue
    delete bare[tag]
    untagging.push(...stepsTo(found))
  }
  const retagged = [...wanted].flatMap(([tag, values]) =>
    [...values].flatMap((value): Retagging[] => {
      const found = change('Tag', { StringEquals: { [`aws:RequestTag/${tag}`]: value } })
      return found ? [{ tags: { ...bare, [tag]: value }, steps: [...untagging, ...stepsTo(found)] }] : []
    }),
  )
  return untagging.length > 0 ? [{ tags: bare, steps: untagging }, ...retagged] : retagged
}

/** The world in which the role has these tags. */
export function withTags(world: World, role: string, tags: Retagging['tags']): World {
  return memoryOf(world).derived(JSON.stringify(['tags', role, tags]), () => ({
    ...world,
    resources: world.resources.map((resource) => (resource.arn === role ? { ...resource, tags } : resource)),
  }))
}

const known = new WeakMap<ProofBundle, ReadonlyMap<string, ReadonlySet<string>>>()

/** Tags of resources that policies ask for, in lower case, each with values that they compare it with and one more. */
function tagsAskedFor(world: World): ReadonlyMap<string, ReadonlySet<string>> {
  const tags = known.get(world.bundle) ?? collect(world)
  known.set(world.bundle, tags)
  return tags
}

function collect(world: World): ReadonlyMap<string, ReadonlySet<string>> {
  const tags = new Map<string, Set<string>>()
  for (const { statement } of statementsOf(world)) {
    for (const keys of Object.values(statement.Condition ?? {})) {
      for (const [key, values] of Object.entries(keys)) {
        const tag = /^(?:aws|iam):resourcetag\/(.+)$/.exec(key.toLowerCase())?.[1]
        if (tag === undefined) continue
        const compared = listOf(values).map((value) => String(value).replaceAll(/\$\{[^}]*\}|[*?]/g, 'x'))
        tags.set(tag, new Set([...(tags.get(tag) ?? ['other']), ...compared]))
      }
    }
  }
  return tags
}
