import type { PolicyType } from '../../evaluate/decision.ts'
import { boundPolicies } from '../../evaluate/judge.ts'
import type { Question } from '../../evaluate/question.ts'
import type { ContextValue } from '../../evaluate/request.ts'
import { bindingOf } from '../../evaluate/verdict.ts'
import { gradeOf } from '../../policy/statement.ts'
import { Grade } from '../../principal/element.ts'
import { canonicalKey, subjectOf } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import type { Atom, Point } from './box.ts'
import type { Group } from './group.ts'
import type { BoundStatement } from './judge-request.ts'
import { resourceVariablesOf, variablesOf } from './universe.ts'

const who = 0
const what = 1
const firstKey = 2

/** Turns statements into atoms over a group's variables. Truth is always that of the compiled statement. */
export class Atoms {
  readonly #group: Group
  readonly #question: (point: Point) => Question
  readonly #places: ReadonlyMap<string, number>
  readonly #known = new Map<BoundStatement['statement'], Map<PolicyType, readonly Atom[]>>()
  readonly #ofConditions = new Map<KeyCondition['condition'], Atom>()
  readonly #policiesAt: (question: Question, point: Point) => ReturnType<typeof boundPolicies>

  /** @param question the request of a point, of which only some variables may be given */
  constructor(
    group: Group,
    question: (point: Point) => Question,
    policiesAt: (point: Point) => Parameters<typeof bindingOf>[1],
  ) {
    this.#group = group
    this.#question = question
    this.#places = new Map(group.variables.map(({ key }, index) => [key, firstKey + index]))
    this.#policiesAt = (asked, point) => boundPolicies(bindingOf(asked, policiesAt(point)))
  }

  /** What must hold for the statement to apply: that its policy binds, its Principal, Resource and conditions. */
  of(bound: BoundStatement): readonly Atom[] {
    const { statement, type } = bound
    const byType = this.#known.get(statement) ?? new Map<PolicyType, readonly Atom[]>()
    this.#known.set(statement, byType)
    const known = byType.get(type)
    if (known) return known
    const atoms = [this.#binds(bound), ...this.#ofStatement(bound)]
    byType.set(type, atoms)
    return atoms
  }

  ofCondition(source: KeyCondition): Atom {
    const { condition } = source
    const known = this.#ofConditions.get(condition)
    if (known) return known
    const key = canonicalKey(condition.key)
    const subject = subjectOf(key)
    const target = subject === 'principal' ? who : subject === 'resource' ? what : this.#place(key)
    const variables = [...new Set([target, ...variablesOf(source).map((name) => this.#variable(name))])]
    const atom = this.#atom(variables, (question) => condition.holds(question))
    this.#ofConditions.set(condition, atom)
    return atom
  }

  /**
   * SCPs and its own policies bind a principal whatever the resource; the others bind by resource, but for the exceptions
   * of root users and service-linked roles (`ignoresResourcePolicy`, `isBoundByRcp`).
   */
  #binds({ policy, type }: BoundStatement): Atom {
    const isBound = (point: Point) =>
      this.#policiesAt(this.#question(point), point).some((one) => one.type === type && one.policies.includes(policy))
    const ofPrincipal = type === 'identity' || type === 'boundary' || type === 'session' || type === 'scp'
    const isExceptional = this.#group.principals.some(({ caller }) => caller.kind === 'root' || caller.serviceLinked)
    const ofResource = isExceptional ? [what, who] : [what]
    return remembering(type === 'endpoint' ? [] : ofPrincipal ? [who] : ofResource, this.#sizes(), isBound)
  }

  #ofStatement({ statement }: BoundStatement): Atom[] {
    const { principal, resource, conditions, variables } = statement
    const names = resourceVariablesOf(statement).map((name) => this.#variable(name))
    return [
      ...(principal ? [this.#atom([who], (question) => gradeOf(statement, question) !== Grade.none)] : []),
      ...(resource ? [this.#atom([...new Set([what, ...names])], (question) => resource(question))] : []),
      ...conditions.map((condition) => this.ofCondition({ condition, variables })),
    ]
  }

  #atom(variables: readonly number[], test: (question: Question) => boolean): Atom {
    return remembering(variables, this.#sizes(), (point) => test(this.#question(point)))
  }

  #variable(name: string): number {
    const key = canonicalKey(name)
    const subject = subjectOf(key)
    return subject === 'principal' ? who : subject === 'resource' ? what : this.#place(key)
  }

  #place(key: string): number {
    const place = this.#places.get(key)
    if (place === undefined) throw new Error(`searching ${this.#group.action.action}: no values for ${key}`)
    return place
  }

  #sizes(): readonly number[] {
    const { principals, elements, variables } = this.#group
    return [principals.length, elements.length, ...variables.map(({ values }) => values.length)]
  }
}

/** Asks each combination of values once. */
function remembering(variables: readonly number[], sizes: readonly number[], test: (point: Point) => boolean): Atom {
  const known = new Map<number, boolean>()
  return {
    variables,
    holds: (point) => {
      let key = 0
      for (const variable of variables) key = key * sizes[variable]! + point[variable]!
      const remembered = known.get(key)
      if (remembered !== undefined) return remembered
      const truth = test(point)
      known.set(key, truth)
      return truth
    },
  }
}

/** Context of a request by the indices of a point; keys whose index is not given are left out. */
export function contextAt({ variables }: Group, point: Point): Record<string, ContextValue> {
  const context: Record<string, ContextValue> = {}
  for (const [index, { key, values }] of variables.entries()) {
    const at = point[firstKey + index]
    const value = at === undefined ? undefined : values[at]
    if (value !== undefined) context[key] = value
  }
  return context
}
