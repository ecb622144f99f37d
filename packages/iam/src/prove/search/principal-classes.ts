import type { CompiledPolicy } from '../../policy/compile.ts'
import { type Caller, callerOf } from '../../principal/caller.ts'
import { permits } from '../assume/assumptions.ts'
import { contextQuestion } from '../keys/context-question.ts'
import { subjectOf } from '../keys/key-facts.ts'
import type { Candidate, World } from '../world.ts'
import { resourceVariablesOf, type Universe, variablesOf } from './universe.ts'

/** A principal that stands for all whom no policy tells from it. */
export interface Principal {
  readonly candidate: Candidate
  readonly caller: Caller
  /** Tags by tag key in lower case. */
  readonly tags: ReadonlyMap<string, string>
  /** Whoever assumes a role may give the session tags of any value ("Pass session tags in AWS STS"). */
  readonly taggedBySession: boolean
  /** NotPrincipal denies whoever has a permissions boundary. */
  readonly bounded: boolean
}

/** One principal of each class, the first of the candidates; those whom the assumptions exclude are left out. */
export function principalClasses(candidates: readonly Candidate[], universe: Universe, world: World): Principal[] {
  const identify = identifier()
  const tellsArns = insertsCaller(universe)
  const classes = new Map<string, Principal>()
  for (const candidate of candidates) {
    const principal = principalOf(candidate)
    if (!isAssumed(principal, world)) continue
    const signature = [
      tellsArns ? candidate.arn : '',
      policiesOf(candidate).map(identify).join(),
      principal.caller.kind,
      principal.caller.serviceLinked,
      principal.bounded,
      JSON.stringify([...principal.tags].sort()),
      truths(principal, universe),
    ].join(' ')
    if (!classes.has(signature)) classes.set(signature, principal)
  }
  return [...classes.values()]
}

function principalOf(candidate: Candidate): Principal {
  const caller = callerOf(candidate.arn, undefined)
  return {
    candidate,
    caller,
    tags: new Map(Object.entries(candidate.tags).map(([key, value]) => [key.toLowerCase(), value])),
    taggedBySession: caller.kind === 'role',
    bounded: candidate.policies.permissionsBoundaries !== undefined,
  }
}

/** Numbers for policies, the same for the same policy. */
function identifier(): (policy: CompiledPolicy | string) => number | string {
  const known = new Map<CompiledPolicy, number>()
  return (policy) => {
    if (typeof policy === 'string') return policy
    const id = known.get(policy) ?? known.size
    known.set(policy, id)
    return id
  }
}

function policiesOf({ policies }: Candidate): (CompiledPolicy | string)[] {
  const { identityPolicies, permissionsBoundaries, sessionPolicies, serviceControlPolicies } = policies
  return [
    ...identityPolicies,
    ...(permissionsBoundaries ? ['bounded by', ...permissionsBoundaries] : []),
    ...(sessionPolicies ? ['limited by', ...sessionPolicies] : []),
    ...(serviceControlPolicies ? serviceControlPolicies.flatMap((level) => ['level', ...level.policies]) : []),
  ]
}

/** What every statement's Principal and every condition on the caller has to say. */
function truths({ caller, bounded }: Principal, { statements }: Universe): string {
  const question = { ...contextQuestion({}, caller), bounded }
  return statements
    .flatMap(({ principal, conditions }) => [
      ...(principal ? [principal(question)] : []),
      ...conditions
        .filter(({ key }) => subjectOf(key.toLowerCase()) === 'principal')
        .map((condition) => Number(condition.holds(question))),
    ])
    .join('')
}

/** Whether some pattern holds a variable that stands for who calls. */
function insertsCaller({ statements }: Universe): boolean {
  return statements.some((statement) => {
    const { conditions, variables } = statement
    const names = [
      ...resourceVariablesOf(statement),
      ...conditions.flatMap((condition) => variablesOf({ condition, variables })),
    ]
    return names.some((name) => subjectOf(name.toLowerCase()) === 'principal')
  })
}

function isAssumed({ caller }: Principal, { assumptions }: World): boolean {
  return permits(assumptions.get('aws:principalarn'), caller.arn)
}
