import { type CatalogueAction, catalogueAction, resourcesMatching } from '../../catalogue/catalogue.ts'
import type { CompiledPolicy, StatementIndex } from '../../policy/compile.ts'
import type { Prohibition, ProofRequest } from '../bundle.ts'
import { search } from '../search.ts'
import type { Candidate, World } from '../world.ts'

export type When = Prohibition['when']

/** One allowed request, and who makes it. */
export interface Found {
  readonly request: ProofRequest
  readonly candidate: Candidate
}

export interface Question {
  readonly action: string
  readonly arns: readonly string[]
  readonly when?: When
}

/** Who can act so far, and what they were found to be able to do. Grows only, so that no answer is ever taken back. */
export class Asker {
  readonly world: World
  readonly candidates: Candidate[]
  /** Why an answer is missing; empty: none is. */
  readonly unknown: Set<string>
  readonly #actions: ReadonlyMap<string, CatalogueAction>
  readonly #found = new Map<string, Found>()
  readonly #strangers = new Map<string, Found | false>()
  /** By question: how many candidates were asked in vain. */
  readonly #asked = new Map<string, number>()

  constructor(world: World, actions: ReadonlyMap<string, CatalogueAction>, elsewhere?: Asker) {
    this.world = world
    this.candidates = elsewhere?.candidates ?? []
    this.unknown = elsewhere?.unknown ?? new Set()
    this.#actions = actions
  }

  /** The same people in another world: one in which somebody changed resources. */
  in(world: World): Asker {
    return new Asker(world, this.#actions, this)
  }

  /** Whether anyone who can act is allowed this; the same question asked again goes to those who came since. */
  ask(question: Question): Found | undefined {
    const key = keyOf(question)
    const known = this.#found.get(key)
    if (known) return known
    const broad = broadened(question)
    if (broad && !this.ask(broad)) return undefined
    const among = this.candidates.slice(this.#asked.get(key) ?? 0)
    this.#asked.set(key, this.candidates.length)
    const found = this.askAmong(question, among)
    if (found) this.#found.set(key, found)
    return found
  }

  /** As `ask`, of these candidates only, and not remembered. */
  askAmong({ action, arns, when }: Question, among: readonly Candidate[]): Found | undefined {
    const candidates = isOfIam(action) ? among.filter((one) => mayBeAllowed(one, action)) : among
    if (candidates.length === 0 || arns.length === 0) return undefined
    const entry = this.#actions.get(action)
    if (!entry) throw new Error(`looking for ways to take over: the action catalogue has no ${action}`)
    const answer = search(this.world, { candidates, actions: [entry], on: { arns }, ...(when && { when }) })
    if (answer.kind === 'unknown') this.unknown.add(`whether anyone can ${action}: ${answer.why}`)
    return answer.kind === 'found' ? answer : undefined
  }

  /**
   * A request, and the others that the same principal must be allowed for it.
   *
   * @param key tells apart questions that begin with the same request
   */
  askTogether(
    first: Question,
    key: string,
    others: (found: Found) => readonly Question[],
  ): readonly [Found, ...Found[]] | undefined {
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

  /** Whether a service or identity provider, which has no policies of its own, is allowed this. */
  askStranger(arn: string, question: Question): Found | undefined {
    const key = `${arn} ${keyOf(question)}`
    const known = this.#strangers.get(key)
    if (known !== undefined) return known || undefined
    const policies = { ...this.world.organization, identityPolicies: [] }
    const found = this.askAmong(question, [{ arn, policies, tags: {}, steps: [] }])
    this.#strangers.set(key, found ?? false)
    return found
  }

  /** Whether the action can be asked for on this ARN. */
  concerns(action: string, arn: string): boolean {
    const entry = this.#actions.get(action)
    return entry !== undefined && resourcesMatching(entry, arn).length > 0
  }

  /** ARN pattern of a resource type of the action, in the account of the bundle. */
  patternOf(action: string, type: string): string {
    const resource = this.#actions.get(action)?.resources.find((one) => one.type === type)
    if (!resource) throw new Error(`looking for ways to take over: ${action} has no resource type ${type}`)
    return resource.arn.replaceAll('${Partition}', this.world.bundle.partition).replaceAll(/\$\{[^}]+\}/g, '*')
  }
}

/** The same of any role, or any user: what is allowed for none of them needs no question about each. */
function broadened({ action, arns: [arn] }: Question): Question | undefined {
  if (!isOfIam(action)) return undefined
  const [, kind, name] = /^(arn:[^:]+:iam::\d{12}:(?:role|user)\/)(.+)$/.exec(arn ?? '') ?? []
  return kind && name !== '*' ? { action, arns: [`${kind}*`] } : undefined
}

/** No resource has a policy of its own for these actions, so that somebody's own policies must allow them. */
function isOfIam(action: string): boolean {
  return action.startsWith('iam:')
}

function mayBeAllowed({ policies }: Candidate, action: string): boolean {
  const allows = (policy: CompiledPolicy) => (policy as StatementIndex).forAction(action).allows.length > 0
  return policies.identityPolicies.some(allows) && (policies.permissionsBoundaries?.some(allows) ?? true)
}

function keyOf({ action, arns, when }: Question): string {
  return JSON.stringify([action, arns, when])
}

/** The steps of whoever makes the request, then the request itself. */
export function stepsTo({ candidate, request }: Found): readonly ProofRequest[] {
  return [...candidate.steps, request]
}

/** Steps one after the other, each once. */
export function joined(...parts: readonly (readonly ProofRequest[])[]): readonly ProofRequest[] {
  const seen = new Set<string>()
  return parts.flat().filter((step) => {
    const key = JSON.stringify(step)
    return !seen.has(key) && seen.add(key)
  })
}

/** All actions of the catalogue by the names given. */
export async function actionsByName(names: Iterable<string>): Promise<ReadonlyMap<string, CatalogueAction>> {
  const entries = await Promise.all(
    [...new Set(names)].map(async (name) => [name, await catalogueAction(name)] as const),
  )
  return new Map(entries.filter((entry): entry is [string, CatalogueAction] => entry[1] !== undefined))
}

/** Steps of requests that may each be someone else's; undefined as soon as one is nobody's. */
export function inTurn(requests: readonly (() => Found | undefined)[]): readonly ProofRequest[] | undefined {
  const steps: ProofRequest[] = []
  for (const request of requests) {
    const found = request()
    if (!found) return undefined
    steps.push(...stepsTo(found))
  }
  return joined(steps)
}
