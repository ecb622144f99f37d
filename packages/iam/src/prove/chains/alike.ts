import { type CompiledCondition, compileCondition } from '../../condition/condition.ts'
import { listOf, type PolicyPrincipal } from '../../policy/document.ts'
import { callerOf } from '../../principal/caller.ts'
import { contextQuestion } from '../keys/context-question.ts'
import type { World } from '../world.ts'
import { type PlacedStatement, statementsOf } from './documents.ts'

/** Keys that tell principals of the same policies apart by their name, besides aws:PrincipalArn. */
const nameKeys = ['aws:username', 'aws:userid']
/** Keys that tell a user from a role, besides. */
const kindKeys = [
  'aws:principaltype',
  'aws:sourceidentity',
  'aws:multifactorauth',
  'aws:tokenissuetime',
  'aws:federatedprovider',
]

/**
 * What the policies of the bundle can see of a principal's name and tags: principals that look alike, and have the same
 * policies, are allowed the same.
 */
export class Alike {
  readonly #conditions: readonly CompiledCondition[]
  readonly #named: ReadonlySet<string>
  /** Some policy reads the whole name, or the tags. */
  readonly #readsName: boolean
  readonly readsTags: boolean
  readonly #readsKind: boolean

  constructor(world: World) {
    const statements = statementsOf(world)
    const text = JSON.stringify(statements).toLowerCase()
    this.readsTags = text.includes('aws:principaltag/')
    this.#readsKind = kindKeys.some((key) => text.includes(key))
    this.#readsName =
      text.includes('${aws:principalarn') || nameKeys.some((key) => text.includes(key)) || variesByCaller(statements)
    this.#conditions = statements.flatMap(conditionsOnArn)
    this.#named = new Set(statements.flatMap(({ statement }) => arnsIn(statement.Principal, statement.NotPrincipal)))
  }

  /** The same text for principals that look alike. */
  looksOf(arn: string, tags: Readonly<Record<string, string>>, kind = kindOf(arn)): string {
    const shown = this.readsTags ? Object.entries(tags).sort() : []
    if (this.#readsName || this.#named.has(arn)) return JSON.stringify([arn, shown])
    const question = contextQuestion({ 'aws:PrincipalArn': arn }, callerOf(arn, undefined))
    const matches = this.#conditions.map((condition) => (condition.holds(question) ? 1 : 0)).join('')
    return JSON.stringify([kind, matches, shown])
  }

  /**
   * All looks of principals that are allowed whatever this one is: those of a role too, in the place of a user, since its
   * sessions can have any tags.
   */
  looksLike(arn: string, tags: Readonly<Record<string, string>>): string[] {
    const own = this.looksOf(arn, tags)
    return kindOf(arn) === 'user' && !this.#readsKind ? [own, this.looksOf(arn, {}, 'role')] : [own]
  }
}

/** `role`, `user` or `root`; roles of services are bound by fewer policies. */
function kindOf(arn: string): string {
  return /:(role\/aws-service-role|[a-z]+)(\/|$)/.exec(arn)?.[1] ?? arn
}

export function conditionsOn(
  key: string,
  { statement }: PlacedStatement,
): { operator: string; values: readonly string[] }[] {
  return Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys)
      .filter(([name]) => name.toLowerCase() === key)
      .map(([, values]) => ({ operator, values: listOf(values).map(String) })),
  )
}

function conditionsOnArn(placed: PlacedStatement): CompiledCondition[] {
  const source = { variables: placed.variables, path: 'Condition' }
  return conditionsOn('aws:principalarn', placed).map(({ operator, values }) =>
    compileCondition(operator, 'aws:PrincipalArn', values, source),
  )
}

function variesByCaller(statements: readonly PlacedStatement[]): boolean {
  return statements.some((placed) =>
    conditionsOn('aws:principalarn', placed).some(({ values }) => values.some((value) => value.includes('${'))),
  )
}

export function arnsIn(...elements: readonly (PolicyPrincipal | undefined)[]): string[] {
  return elements.flatMap((element) => (element === undefined || element === '*' ? [] : listOf(element.AWS)))
}
