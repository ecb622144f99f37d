import { boundPolicies } from '../../../evaluate/judge.ts'
import { type Question, questionOf } from '../../../evaluate/question.ts'
import { serviceRule } from '../../../evaluate/service-rules.ts'
import { bindingOf } from '../../../evaluate/verdict.ts'
import type { CompiledPolicy, StatementIndex } from '../../../policy/compile.ts'
import type { CompiledStatement } from '../../../policy/statement.ts'
import { gradeOf } from '../../../policy/statement.ts'
import { Grade } from '../../../principal/element.ts'
import { subjectOf } from '../../keys/key-facts.ts'
import type { Candidate, World } from '../../world.ts'
import type { Pinned } from './pinned.ts'

/** A request of which only this is known; without an ARN it is about some resource. */
export interface Outline {
  readonly candidate: Candidate
  readonly action: string
  readonly arn: string | undefined
  readonly pinned: Pinned
}

/**
 * Whether the request is denied whatever else is in its context: a statement that looks at nothing else denies it, or no
 * statement that could allow it is there. False says nothing.
 */
export function isSurelyDenied(world: World, outline: Outline): boolean {
  const { candidate, action, arn } = outline
  const { account } = world.bundle
  const resourcePolicy = world.resources.find((resource) => resource.arn === arn)?.resourcePolicy
  const policies = { ...candidate.policies, resourcePolicy }
  const resource = { arn: arn ?? '*', accountId: account }
  const question = questionOf({ principal: candidate.arn, action, resource, context: outline.pinned.context }, policies)
  const rule = serviceRule(question)
  if (rule && arn) return rule.verdict !== 'Allowed'
  const binding = bindingOf(question, policies)
  const bound = boundPolicies(binding).flatMap((one) => one.policies)
  if (bound.some((policy) => of(policy, action).denies.some((one) => isCertain(one, question, outline)))) return true
  const allows = (list: readonly CompiledPolicy[]) =>
    list.some((policy) => of(policy, action).allows.some((one) => isPossible(one, question, outline)))
  if (binding.scp?.some((level) => !allows(level.policies))) return true
  if (binding.endpoint && !allows(binding.endpoint)) return true
  if (question.facts.trust && arn?.includes(':role/') && !(resourcePolicy && allows([resourcePolicy]))) return true
  if (!needsOwnAllow(world, outline, question)) return false
  return [binding.identity, binding.boundary].some((list) => list !== undefined && !allows(list))
}

function of(policy: CompiledPolicy, action: string) {
  return (policy as StatementIndex).forAction(action)
}

/** Nothing but the caller's own policies can allow it: no resource that it could be about has a policy that does. */
function needsOwnAllow({ resources }: World, { action, arn }: Outline, { facts }: Question): boolean {
  if (action.startsWith('iam:')) return true
  if (facts.trust || facts.key) return false
  const about = resources.filter((resource) => arn === undefined || resource.arn === arn)
  return about.every(({ resourcePolicy }) => !resourcePolicy || of(resourcePolicy, action).allows.length === 0)
}

/** The statement applies whatever the rest of the context. */
function isCertain(statement: CompiledStatement, question: Question, outline: Outline): boolean {
  if (gradeOf(statement, question) === Grade.none) return false
  if (statement.resource && (outline.arn === undefined || variesByRequest(statement))) return false
  if (statement.resource && !statement.resource(question)) return false
  return statement.conditions.every((condition) => isKnown(condition, outline) && condition.holds(question))
}

/** The statement could apply, for all that is known. */
function isPossible(statement: CompiledStatement, question: Question, outline: Outline): boolean {
  if (gradeOf(statement, question) === Grade.none) return false
  const isElsewhere = statement.resource && outline.arn !== undefined && !variesByRequest(statement)
  if (isElsewhere && !statement.resource!(question)) return false
  return statement.conditions.every((condition) => !isKnown(condition, outline) || condition.holds(question))
}

/** The condition looks only at the caller, at the account of the resource or at what is pinned. */
function isKnown({ key, values }: CompiledStatement['conditions'][number], { arn, pinned }: Outline): boolean {
  if (values.some((value) => value.includes('${'))) return false
  const subject = subjectOf(key.toLowerCase())
  if (subject === 'context') return pinned.keys.has(key.toLowerCase())
  return subject === 'principal' || arn !== undefined
}

const varied = new WeakMap<CompiledStatement, boolean>()

function variesByRequest(statement: CompiledStatement): boolean {
  const { Resource, NotResource } = statement.source
  const known = varied.get(statement) ?? JSON.stringify([Resource, NotResource]).includes('${')
  varied.set(statement, known)
  return known
}
