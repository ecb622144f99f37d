import { listOf, type PolicyDocument, type PolicyStatement } from '../../policy/document.ts'
import type { Invariant, OrganizationLevel, ProofBundle } from '../bundle.ts'
import type { World } from '../world.ts'

/** A statement of some policy of the bundle. */
export interface PlacedStatement {
  readonly statement: PolicyStatement
  /** Policy variables count: Version is 2012-10-17. */
  readonly variables: boolean
}

const known = new WeakMap<ProofBundle, readonly PlacedStatement[]>()

/** Every statement that can tell one caller from another, equal ones once; invariants' conditions as statements too. */
export function statementsOf(world: World): readonly PlacedStatement[] {
  const statements = known.get(world.bundle) ?? collect(world)
  known.set(world.bundle, statements)
  return statements
}

function collect({ bundle }: World): PlacedStatement[] {
  const levels = (list: readonly OrganizationLevel[] = []) => list.flatMap(({ policies }) => policies)
  const named = [
    ...levels(bundle.serviceControlPolicies),
    ...levels(bundle.resourceControlPolicies),
    ...(bundle.endpointPolicies ?? []),
    ...bundle.principals.flatMap(({ identityPolicies, permissionsBoundary }) => [
      ...identityPolicies,
      ...(permissionsBoundary ? [permissionsBoundary] : []),
    ]),
  ]
  const documents = [
    ...named.map(({ policy }) => policy),
    ...bundle.principals.flatMap(({ trustPolicy }) => trustPolicy ?? []),
    ...bundle.resources.flatMap(({ resourcePolicy }) => resourcePolicy ?? []),
    ...bundle.invariants.flatMap(conditionAsPolicy),
  ]
  const placed = documents.flatMap(({ Version, Statement }) =>
    listOf(Statement).map((statement) => ({ statement, variables: Version === '2012-10-17' })),
  )
  const distinct = new Map(placed.map((one) => [JSON.stringify(one), one]))
  return [...distinct.values()]
}

function conditionAsPolicy(invariant: Invariant): PolicyDocument[] {
  if (!('when' in invariant) || !invariant.when) return []
  return [{ Version: '2012-10-17', Statement: { Effect: 'Allow', Condition: invariant.when as never } }]
}

const texts = new WeakMap<ProofBundle, string>()
const mentioned = new WeakMap<ProofBundle, Map<string, boolean>>()

/** Whether the name of the key stands anywhere in the policies. */
export function mentions(world: World, key: string): boolean {
  const name = key.toLowerCase()
  const answers = mentioned.get(world.bundle) ?? new Map<string, boolean>()
  mentioned.set(world.bundle, answers)
  const known = answers.get(name)
  if (known !== undefined) return known
  const text = texts.get(world.bundle) ?? JSON.stringify(statementsOf(world)).toLowerCase()
  texts.set(world.bundle, text)
  const answer = text.includes(name)
  answers.set(name, answer)
  return answer
}
