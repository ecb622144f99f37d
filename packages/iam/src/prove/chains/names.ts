import { parseOperator } from '../../condition/condition.ts'
import { listOf } from '../../policy/document.ts'
import { nfaOfRegex } from '../assume/regex.ts'
import { Dfa } from '../automaton/dfa.ts'
import { witnesses } from '../automaton/witnesses.ts'
import type { ProofBundle } from '../bundle.ts'
import { resourceNfa, textNfa } from '../keys/match-patterns.ts'
import type { World } from '../world.ts'
import { arnsIn, conditionsOn } from './alike.ts'
import { type PlacedStatement, statementsOf } from './documents.ts'

interface Pattern {
  readonly value: string
  /** Operator in lower case; absent for a Resource element. */
  readonly base?: string
}

/** Collisions with names that are taken; each makes that name a class of its own, so one more round settles it. */
const roundsLimit = 5

/**
 * ARNs of roles and users that do not exist: one for each class of names that some policy tells apart, and each name
 * that a policy mentions though nobody has it. Who may create a principal chooses its name among them.
 *
 * @returns undefined when there are too many classes
 */
export function freeNames(world: World): readonly string[] | undefined {
  const statements = statementsOf(world)
  const taken = new Set(world.bundle.principals.map(({ arn }) => arn))
  const mentioned = [...new Set(statements.flatMap(namesIn))].filter((arn) => isOfAccount(world.bundle, arn))
  const names = ['role', 'user'].map((kind) => namesOfKind(world, kind, patternsOf(statements, kind), taken))
  if (names.some((list) => list === undefined)) return undefined
  return [...new Set([...names.flatMap((list) => list ?? []), ...mentioned.filter((arn) => !taken.has(arn))])]
}

function namesOfKind(
  { bundle }: World,
  kind: string,
  patterns: readonly Pattern[],
  taken: ReadonlySet<string>,
): readonly string[] | undefined {
  const { account, partition } = bundle
  const name = '[a-zA-Z0-9_+=,.@-]+'
  const required = [new Dfa(nfaOfRegex(`arn:${partition}:iam::${account}:${kind}/(${name}/)*${name}`))]
  const automata = patterns.map(automatonOf)
  for (let round = 0; round < roundsLimit; round++) {
    const found = witnesses(automata, required)?.map(({ value }) => value)
    const collisions = found?.filter((value) => taken.has(value))
    if (!collisions || collisions.length === 0) return found
    automata.push(...collisions.map((value) => automatonOf({ value, base: 'stringequals' })))
    if (round === roundsLimit - 2) return found!.filter((value) => !taken.has(value))
  }
  return undefined
}

function automatonOf({ value, base }: Pattern): Dfa {
  const nfa = base
    ? textNfa({ base, values: [value], variables: false }, undefined)
    : resourceNfa([value], false, undefined)
  return new Dfa(nfa)
}

/** Patterns with wildcards that can match a role, or a user; what a variable stands for is taken to be anything. */
function patternsOf(statements: readonly PlacedStatement[], kind: string): Pattern[] {
  const patterns = statements.flatMap((placed): Pattern[] => {
    const { Resource, NotResource } = placed.statement
    const open = (value: string) => (placed.variables ? value.replaceAll(/\$\{[^}]*\}/g, '*') : value)
    return [
      ...conditionsOn('aws:principalarn', placed).flatMap(({ operator, values }) => {
        const { base } = parseOperator(operator, 'Condition')
        return values.map((value) => ({ base, value: open(value) }))
      }),
      ...[...listOf(Resource), ...listOf(NotResource)].map((value) => ({ value: open(value) })),
    ]
  })
  const useful = patterns.filter(({ value }) => value !== '*' && /[*?]/.test(value) && canName(value, kind))
  return [...new Map(useful.map((pattern) => [JSON.stringify(pattern), pattern])).values()]
}

function canName(pattern: string, kind: string): boolean {
  const [, , service, , , ...rest] = pattern.split(':')
  if (service !== undefined && service !== 'iam' && !/[*?]/.test(service)) return false
  const tail = rest.join(':')
  const literal = tail.slice(0, tail.search(/[*?]|$/)).slice(0, kind.length + 1)
  return `${kind}/`.startsWith(literal)
}

/** Exact ARNs of principals: in Principal elements and in conditions on the caller. */
function namesIn(placed: PlacedStatement): string[] {
  const { Principal, NotPrincipal } = placed.statement
  const inConditions = conditionsOn('aws:principalarn', placed).flatMap(({ values }) => values)
  return [...arnsIn(Principal, NotPrincipal), ...inConditions]
}

function isOfAccount({ account, partition }: ProofBundle, arn: string): boolean {
  const prefix = `arn:${partition}:iam::${account}:`
  return arn.startsWith(prefix) && /^(role|user)\/[^*?${}]+$/.test(arn.slice(prefix.length))
}
