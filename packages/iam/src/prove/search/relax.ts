import type { PolicySet } from '../../evaluate/request.ts'
import { type CompiledPolicy, StatementIndex } from '../../policy/compile.ts'
import { listOf, type PolicyStatement } from '../../policy/document.ts'
import { type CompiledStatement, compileStatements } from '../../policy/statement.ts'
import { canonicalKey } from '../keys/key-facts.ts'
import type { Candidate, World } from '../world.ts'
import { insertedBy, resourceVariablesOf, variablesOf } from './universe.ts'

/**
 * A world that allows at least as much, without the given policy variables: statements that deny through one never deny,
 * those that allow through one allow whatever it holds. What nobody can do there, nobody can do at all.
 */
export function relaxed(
  world: World,
  candidates: readonly Candidate[],
  names: ReadonlySet<string>,
): { world: World; candidates: readonly Candidate[] } {
  const known = new Map<CompiledPolicy, CompiledPolicy>()
  const relax = (policy: CompiledPolicy): CompiledPolicy => {
    const result = known.get(policy) ?? relaxPolicy(policy as StatementIndex, names)
    known.set(policy, result)
    return result
  }
  const loosen = (candidate: Candidate): Candidate => ({ ...candidate, policies: relaxSet(candidate.policies, relax) })
  return {
    candidates: candidates.map(loosen),
    world: {
      ...world,
      candidates: world.candidates.map(loosen),
      resources: world.resources.map((resource) => {
        const { resourcePolicy } = resource
        return { ...resource, resourcePolicy: resourcePolicy && relax(resourcePolicy) }
      }),
    },
  }
}

function relaxSet(policies: PolicySet, relax: (policy: CompiledPolicy) => CompiledPolicy): PolicySet {
  const levels = (list: PolicySet['serviceControlPolicies']) =>
    list?.map((level) => ({ ...level, policies: level.policies.map(relax) }))
  return {
    ...policies,
    identityPolicies: policies.identityPolicies.map(relax),
    permissionsBoundaries: policies.permissionsBoundaries?.map(relax),
    sessionPolicies: policies.sessionPolicies?.map(relax),
    endpointPolicies: policies.endpointPolicies?.map(relax),
    serviceControlPolicies: levels(policies.serviceControlPolicies),
    resourceControlPolicies: levels(policies.resourceControlPolicies),
  }
}

function relaxPolicy(policy: StatementIndex, names: ReadonlySet<string>): CompiledPolicy {
  if (!policy.statements.some((statement) => mentions(statement, names))) return policy
  const statements = policy.statements.flatMap((statement) => {
    const source = mentions(statement, names) ? relaxStatement(statement, names) : statement.source
    const Version = statement.variables ? '2012-10-17' : '2008-10-17'
    return source ? compileStatements({ Version, Statement: source }) : []
  })
  return new StatementIndex(policy.name, statements)
}

function mentions(statement: CompiledStatement, names: ReadonlySet<string>): boolean {
  return insertedBy(statement).some((name) => names.has(canonicalKey(name)))
}

function relaxStatement(statement: CompiledStatement, names: ReadonlySet<string>): PolicyStatement | undefined {
  const { source, conditions, variables } = statement
  const isCoupled = (key: string, operator: string) =>
    conditions.some(
      (condition) =>
        condition.key === key &&
        condition.operator === operator &&
        variablesOf({ condition, variables }).some((name) => names.has(canonicalKey(name))),
    )
  const inResource = resourceVariablesOf(statement).some((name) => names.has(canonicalKey(name)))
  if (source.Effect === 'Deny') {
    const coupled = conditions.some(({ key, operator }) => isCoupled(key, operator))
    if (coupled || (inResource && source.NotResource !== undefined)) return undefined
    const fixed = listOf(source.Resource).filter((pattern) => !pattern.includes('${'))
    return fixed.length === 0 ? undefined : { ...source, Resource: fixed }
  }
  const kept = Object.entries(source.Condition ?? {}).map(([operator, keys]) => [
    operator,
    Object.fromEntries(Object.entries(keys).filter(([key]) => !isCoupled(key, operator))),
  ])
  const { NotResource: _, ...rest } = source
  return {
    ...(inResource ? { ...rest, Resource: '*' } : source),
    ...(source.Condition && { Condition: Object.fromEntries(kept) }),
  }
}
