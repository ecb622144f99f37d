import { parseOperator } from '../../condition/condition.ts'
import { listOf } from '../../policy/document.ts'
import type { ProofBundle } from '../bundle.ts'
import type { World } from '../world.ts'
import { arnsIn, conditionsOn } from './alike.ts'
import { type ArnPattern, freeArns } from './arn-classes.ts'
import { type PlacedStatement, statementsOf } from './documents.ts'

/** Names that nobody has; undefined when the policies tell too many apart. */
type Names = readonly string[] | undefined

const principals = new WeakMap<ProofBundle, { names: Names }>()
const policies = new WeakMap<ProofBundle, { names: Names }>()

/**
 * ARNs of roles and users that do not exist: one for each class of names that some policy tells apart, and each name
 * that a policy mentions though nobody has it. Who may create a principal chooses its name among them.
 */
export function freeNames(world: World): Names {
  const { bundle } = world
  return remembered(principals, bundle, () => {
    const taken = new Set(bundle.principals.map(({ arn }) => arn))
    const statements = statementsOf(world)
    const patterns = patternsIn(statements, ['aws:principalarn'])
    const classes = (['role', 'user'] as const).map((kind) => {
      return freeArns(bundle, { owner: bundle.account, kind }, patterns, taken)
    })
    const named = statements.flatMap((placed) => [
      ...arnsIn(placed.statement.Principal, placed.statement.NotPrincipal),
      ...valuesOn(placed, ['aws:principalarn']).map(({ value }) => value),
    ])
    const isOurs = (arn: string) => /^(role|user)\//.test(arn.slice(prefixOf(bundle).length))
    return together(bundle, classes, named.filter(isOurs), taken)
  })
}

/** Likewise, of managed policies whose content the bundle does not tell, the account's own and AWS's. */
export function untoldPolicies(world: World, told: ReadonlySet<string>): Names {
  const { bundle } = world
  return remembered(policies, bundle, () => {
    const statements = statementsOf(world)
    const keys = ['iam:policyarn', 'iam:permissionsboundary']
    const patterns = patternsIn(statements, keys)
    const classes = [bundle.account, 'aws'].map((owner) => freeArns(bundle, { owner, kind: 'policy' }, patterns, told))
    const named = statements.flatMap((placed) => valuesOn(placed, keys).map(({ value }) => value))
    return together(bundle, classes, named, told)
  })
}

function remembered(known: WeakMap<ProofBundle, { names: Names }>, bundle: ProofBundle, find: () => Names): Names {
  const remembered = known.get(bundle) ?? { names: find() }
  known.set(bundle, remembered)
  return remembered.names
}

function together(bundle: ProofBundle, classes: Names[], named: string[], taken: ReadonlySet<string>): Names {
  if (classes.includes(undefined)) return undefined
  const exact = named.filter((arn) => isExact(bundle, arn) && !taken.has(arn))
  return [...new Set([...classes.flatMap((list) => list ?? []), ...exact])]
}

function prefixOf({ account, partition }: ProofBundle): string {
  return `arn:${partition}:iam::${account}:`
}

function isExact(bundle: ProofBundle, arn: string): boolean {
  return arn.startsWith(prefixOf(bundle)) && !/[*?${}]/.test(arn)
}

/** Patterns of conditions on the keys and of Resource elements; what a variable stands for is taken to be anything. */
function patternsIn(statements: readonly PlacedStatement[], keys: readonly string[]): ArnPattern[] {
  const patterns = statements.flatMap((placed): ArnPattern[] => {
    const { Resource, NotResource } = placed.statement
    const open = (value: string) => (placed.variables ? value.replaceAll(/\$\{[^}]*\}/g, '*') : value)
    return [
      ...valuesOn(placed, keys).map(({ base, value }) => ({ base, value: open(value) })),
      ...[...listOf(Resource), ...listOf(NotResource)].map((value) => ({ value: open(value) })),
    ]
  })
  return [...new Map(patterns.map((pattern) => [JSON.stringify(pattern), pattern])).values()]
}

function valuesOn(placed: PlacedStatement, keys: readonly string[]): { base: string; value: string }[] {
  return keys.flatMap((key) =>
    conditionsOn(key, placed).flatMap(({ operator, values }) => {
      const { base } = parseOperator(operator, 'Condition')
      return base === 'null' ? [] : values.map((value) => ({ base, value }))
    }),
  )
}
