import type { CatalogueAction } from '../../catalogue/catalogue.ts'
import { classOf } from '../search/class-of.ts'
import { search } from '../search.ts'
import type { Candidate, World } from '../world.ts'
import type { Actions } from './actions.ts'
import { memoryOf, type Remembered } from './memory.ts'
import { keyOf, outlineOf, type Question } from './question.ts'
import { plainRequest } from './quick/plain-request.ts'
import { sampleArn } from './quick/sample-arn.ts'
import { isSurelyDenied } from './quick/surely-denied.ts'
import type { Found } from './steps.ts'

/** Who can act so far, and what they were found to be able to do. Grows only, so that no answer is ever taken back. */
export class Asker {
  readonly world: World
  readonly candidates: Candidate[]
  /** Why an answer is missing; empty: none is. */
  readonly unknown: Set<string>
  readonly actions: Actions
  readonly #found = new Map<string, Found>()
  /** By question: how many candidates were asked in vain. */
  readonly #asked = new Map<string, number>()

  /** By question: for how many candidates it is vain. */
  readonly #vain = new Map<string, number>()

  constructor(world: World, actions: Actions, elsewhere?: Asker) {
    this.world = world
    this.candidates = elsewhere?.candidates ?? []
    this.unknown = elsewhere?.unknown ?? new Set()
    this.actions = actions
  }

  /** The same people in another world: one in which somebody changed resources. */
  in(world: World): Asker {
    return new Asker(world, this.actions, this)
  }

  /** Whether anyone who can act is allowed this; the same question asked again goes to those who came since. */
  ask(question: Question): Found | undefined {
    const key = keyOf(question)
    const known = this.#found.get(key)
    if (known) return known
    const among = this.candidates.slice(this.#asked.get(key) ?? 0)
    this.#asked.set(key, this.candidates.length)
    const found = this.askAmong(question, among)
    if (found) this.#found.set(key, found)
    return found
  }

  /** Whether the question is vain whatever else is asked of the request: everyone is denied it. */
  isVain(question: Question): boolean {
    const key = keyOf(question)
    const known = this.#vain.get(key) ?? 0
    const outline = outlineOf(question)
    const memory = memoryOf(this.world)
    const isDenied = (candidate: Candidate) => {
      const ofClass = classOf(this.world, candidate, question.action)
      if (memory.isDenied(key, ofClass)) return true
      if (!isSurelyDenied(this.world, { ...outline, candidate })) return false
      memory.deny(key, ofClass)
      return true
    }
    if (!this.candidates.slice(known).every(isDenied)) return false
    this.#vain.set(key, this.candidates.length)
    return true
  }

  /** As `ask`, of these candidates only. */
  askAmong(question: Question, among: readonly Candidate[]): Found | undefined {
    if (among.length === 0) return undefined
    const entry = this.actions.get(question.action)
    const memory = memoryOf(this.world)
    const key = keyOf(question)
    const fresh: Candidate[] = []
    for (const candidate of among) {
      const ofClass = classOf(this.world, candidate, question.action)
      if (memory.isDenied(key, ofClass)) continue
      const known = memory.recall(key, candidate) ?? this.#atOnce(entry, question, candidate)
      if (known === 'denied') memory.deny(key, ofClass)
      else if (known === undefined) fresh.push(candidate)
      else {
        memory.keep(key, candidate, known)
        if (!('unknown' in known)) return { request: known, candidate }
        this.unknown.add(known.unknown)
      }
    }
    return fresh.length === 0 ? undefined : this.#search(entry, question, fresh)
  }

  /** The answer where it needs no search. */
  #atOnce(entry: CatalogueAction, question: Question, candidate: Candidate): Remembered | 'denied' | undefined {
    const outline = outlineOf(question)
    if (isSurelyDenied(this.world, { ...outline, candidate })) return 'denied'
    const arn = outline.arn ?? sampleArn(this.world.bundle, entry, question.arns[0] ?? '*')
    return plainRequest(this.world, candidate, entry, { arn, pinned: outline.pinned })
  }

  #search(entry: CatalogueAction, question: Question, candidates: readonly Candidate[]): Found | undefined {
    const { action, arns, when } = question
    const memory = memoryOf(this.world)
    const key = keyOf(question)
    const answer = search(this.world, { candidates, actions: [entry], on: { arns }, ...(when && { when }) })
    if (answer.kind === 'found') {
      memory.keep(key, answer.candidate, answer.request)
      return answer
    }
    if (answer.kind === 'none') {
      for (const candidate of candidates) memory.deny(key, classOf(this.world, candidate, question.action))
      return undefined
    }
    const unknown = { unknown: `whether anyone can ${action}: ${answer.why}` }
    for (const candidate of candidates) memory.keep(key, candidate, unknown)
    this.unknown.add(unknown.unknown)
    return undefined
  }

  /**
   * A request, and the others that the same principal must be allowed for it.
   *
   * @param name tells apart questions that begin with the same request
   */
  askTogether(
    first: Question,
    name: string,
    others: (found: Found) => readonly Question[],
  ): readonly [Found, ...Found[]] | undefined {
    const key = `${keyOf(first)} together with ${name}`
    let among: readonly Candidate[] = this.candidates.slice(this.#asked.get(key) ?? 0)
    while (among.length > 0) {
      const found = this.askAmong(first, among)
      if (!found) break
      const answers = others(found).map((question) => this.askAmong(question, [found.candidate]))
      // Not remembered as asked: the next time the same candidate answers again.
      if (answers.every((answer) => answer !== undefined)) return [found, ...(answers as Found[])]
      among = among.filter((candidate) => candidate !== found.candidate)
    }
    this.#asked.set(key, this.candidates.length)
    return undefined
  }
}
