import type { PolicySet } from '../../evaluate/request.ts'
import type { CompiledPolicy } from '../../policy/compile.ts'
import type { NamedDocument, ProofRequest } from '../bundle.ts'
import type { Candidate, World } from '../world.ts'
import { Alike } from './alike.ts'
import type { Asker } from './asker.ts'
import { isUnlimited } from './grow.ts'
import { memoryOf, policyIds } from './memory.ts'
import { holdsDeny } from './policy-choices.ts'
import { ownPower, type Power, type Target } from './target.ts'

const everything: NamedDocument = {
  name: 'everything',
  policy: { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
}

/** Everyone who can act, one of each sort: those with the same policies whom no policy can tell apart. */
export class Crowd {
  readonly #world: World
  readonly #asker: Asker
  readonly alike: Alike
  readonly #sorts = new Set<string>()
  readonly #unlimited = new Set<string>()

  constructor(world: World, asker: Asker) {
    this.#world = world
    this.#asker = asker
    this.alike = new Alike(world)
  }

  /** A principal as the bundle has it. */
  greet(candidate: Candidate, target: Target | undefined): void {
    if (target && isUnlimited(target, ownPower(target)))
      this.#unlimited.add(this.alike.looksOf(target.arn, target.tags))
    this.#add(candidate)
  }

  #add(candidate: Candidate): void {
    const looks = this.alike.looksOf(candidate.arn, candidate.tags)
    const sort = JSON.stringify([looks, policyIds(candidate.policies)])
    if (this.#sorts.has(sort)) return
    this.#sorts.add(sort)
    this.#asker.candidates.push(candidate)
  }

  /** Somebody who may do everything, and looks to all policies as the target does, can act already. */
  hasUnlimited({ arn, tags }: Target): boolean {
    return this.alike.looksLike(arn, tags).some((looks) => this.#unlimited.has(looks))
  }

  /** The target with each of the powers that somebody gave it; one without limits, the last, stands for all. */
  join(target: Target, powers: readonly Power[], stepsOf: (power: Power) => readonly ProofRequest[]): void {
    const last = powers.at(-1)
    const isLast = last !== undefined && isUnlimited(target, last)
    for (const power of isLast ? [last] : powers) {
      const { arn, tags } = target
      this.#add({ arn, tags, policies: this.#policiesOf(target, power), steps: stepsOf(power) })
    }
    if (isLast) this.#unlimited.add(this.alike.looksOf(target.arn, target.tags))
  }

  #policiesOf({ documents, listed }: Target, power: Power): PolicySet {
    const own = power.kept.map((index) => ({ document: documents[index]!, index }))
    const bound = power.grants === 'everything' ? own.filter(({ document }) => holdsDeny(document)) : own
    const attached = listed?.candidate.policies.identityPolicies
    const identity = bound.map(
      ({ document, index }) => attached?.[index] ?? memoryOf(this.#world).compile(document, 'identity'),
    )
    const added = power.grants === 'everything' ? [everything] : power.added
    const { boundary } = power
    return {
      ...this.#world.organization,
      identityPolicies: [...identity, ...added.map((document) => memoryOf(this.#world).compile(document, 'identity'))],
      permissionsBoundaries: boundary && [this.#limitOf(boundary.document, listed)],
    }
  }

  #limitOf(document: NamedDocument | undefined, listed: Target['listed']): CompiledPolicy {
    const own = document && document === listed?.principal.permissionsBoundary
    const compiled = own ? listed.candidate.policies.permissionsBoundaries?.[0] : undefined
    return compiled ?? memoryOf(this.#world).compile(document ?? everything, 'boundary')
  }
}
