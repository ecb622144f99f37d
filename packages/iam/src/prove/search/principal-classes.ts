import type { CompiledCondition } from '../../condition/condition.ts'
import type { Question } from '../../evaluate/question.ts'
import type { PolicySet } from '../../evaluate/request.ts'
import { type Caller, callerOf } from '../../principal/caller.ts'
import { permits } from '../assume/assumptions.ts'
import { contextQuestion } from '../keys/context-question.ts'
import { canonicalKey, principalTagOf, subjectOf } from '../keys/key-facts.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import { keysOf } from '../when.ts'
import type { Candidate, World } from '../world.ts'
import { insertedBy, tagsAmong, type Universe, variablesOf } from './universe.ts'

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

/** One principal of each class, and what the statements see of them. */
export interface Classes {
  readonly principals: readonly Principal[]
  /** By principal; equal texts for principals that nothing tells apart. */
  readonly classes: readonly string[]
}

/**
 * One principal of each class, the first of the candidates; those whom the assumptions exclude are left out.
 *
 * @param when what every request in question satisfies
 */
export function principalClasses(
  candidates: readonly Candidate[],
  universe: Universe,
  when: readonly KeyCondition[],
  world: World,
): Classes {
  const asked = askedOf(when)
  const classes = new Map<string, Principal>()
  for (const candidate of candidates) {
    const principal = principalOf(candidate)
    if (!permits(world.assumptions.get('aws:principalarn'), principal.caller.arn)) continue
    const seen = universe.rememberOf(candidate, 'class', () => classOf(principal, universe))
    const signature = asked ? `${seen} ${asked(principal)}` : seen
    if (!classes.has(signature)) classes.set(signature, principal)
  }
  return { principals: [...classes.values()], classes: [...classes.keys()] }
}

const principals = new WeakMap<Candidate, Principal>()

function principalOf(candidate: Candidate): Principal {
  const principal = principals.get(candidate) ?? readPrincipal(candidate)
  principals.set(candidate, principal)
  return principal
}

function readPrincipal(candidate: Candidate): Principal {
  const caller = callerOf(candidate.arn, undefined)
  return {
    candidate,
    caller,
    tags: new Map(Object.entries(candidate.tags).map(([key, value]) => [key.toLowerCase(), value])),
    taggedBySession: caller.kind === 'role',
    bounded: candidate.policies.permissionsBoundaries !== undefined,
  }
}

/** The same text for principals that the statements do not tell apart. */
function classOf(principal: Principal, universe: Universe): string {
  const { caller, candidate, bounded } = principal
  return [
    insertsCaller(universe) ? candidate.arn : '',
    statementsOf(candidate.policies, universe),
    caller.kind,
    caller.account,
    caller.serviceLinked,
    bounded,
    tagsOf(principal, universe.principalTags),
    truths(principal, universe),
  ].join(' ')
}

/** The statements that bind the principal, by kind of policy. */
function statementsOf(policies: PolicySet, universe: Universe): string {
  const { identityPolicies, permissionsBoundaries, sessionPolicies, endpointPolicies } = policies
  const share = (list: PolicySet['identityPolicies'] | undefined) =>
    list && [...new Set(list.map((policy) => universe.shareOf(policy)))].sort()
  return JSON.stringify([
    share(identityPolicies),
    share(permissionsBoundaries),
    share(sessionPolicies),
    share(endpointPolicies),
    policies.serviceControlPolicies?.map((level) => share(level.policies)),
    policies.resourceControlPolicies?.map((level) => share(level.policies)),
    policies.managementAccount,
  ])
}

function tagsOf({ tags }: Principal, read: ReadonlySet<string>): string {
  return read.size === 0 ? '' : JSON.stringify([...read].map((tag) => tags.get(tag)))
}

/** What every statement's Principal and every condition on the caller has to say. */
function truths({ caller, bounded }: Principal, universe: Universe): string {
  const question = { ...contextQuestion({}, caller), bounded }
  return testsOfCaller(universe)
    .map((test) => Number(test(question)))
    .join('')
}

function testsOfCaller(universe: Universe): readonly ((question: Question) => number | boolean)[] {
  return universe.remember('tests of the caller', () =>
    universe.statements.flatMap(({ principal, conditions }) => [
      ...(principal ? [principal] : []),
      ...conditions.filter(isOfCaller).map((condition) => (question: Question) => condition.holds(question)),
    ]),
  )
}

function isOfCaller({ key }: CompiledCondition): boolean {
  return subjectOf(canonicalKey(key)) === 'principal'
}

/** Whether some pattern holds a variable that stands for who calls. */
function insertsCaller(universe: Universe): boolean {
  return universe.remember('inserts the caller', () => universe.statements.some(inserts))
}

function inserts(statement: Universe['statements'][number]): boolean {
  return insertedBy(statement).some(standsForCaller)
}

function standsForCaller(name: string): boolean {
  return subjectOf(canonicalKey(name)) === 'principal'
}

/** What the conditions in question see of a principal; undefined when they look at none. */
function askedOf(when: readonly KeyCondition[]): ((principal: Principal) => string) | undefined {
  const inserted = when.flatMap(variablesOf)
  const tests = when.filter(({ condition }) => isOfCaller(condition))
  const tags = tagsAmong(keysOf(when), principalTagOf)
  if (tests.length === 0 && tags.size === 0 && !inserted.some(standsForCaller)) return undefined
  return (principal) => {
    if (inserted.some(standsForCaller)) return principal.candidate.arn
    const question = { ...contextQuestion({}, principal.caller), bounded: principal.bounded }
    return `${tests.map(({ condition }) => Number(condition.holds(question))).join('')} ${tagsOf(principal, tags)}`
  }
}
