import type { CompiledPolicy, StatementIndex } from '../policy/compile.ts'
import { applies, gradeOf } from '../policy/statement.ts'
import { Grade } from '../principal/element.ts'
import type { Decision, PolicyType, Reason } from './decision.ts'
import { allowingGrant } from './kms-grants.ts'
import { Outcome, outcomeOf } from './outcome.ts'
import type { Question } from './question.ts'
import type { NamedPolicies } from './request.ts'
import { serviceRule } from './service-rules.ts'
import { type Binding, lackingTypes, weigh } from './verdict.ts'
import { kindInWords, matchInWords } from './wording.ts'

/** Policies of one kind that bind, of SCPs and RCPs those of one level. */
export interface BoundPolicies {
  type: PolicyType
  policies: readonly CompiledPolicy[]
  level?: string
}

/**
 * Decides with reasons: the statements that deny or grant, or the kinds of policy that had no allow, the first one first
 * in AWS's order of evaluation. The verdict is that of `weigh`, which the fast pass uses too.
 */
export function judge(binding: Binding, question: Question): Decision {
  const rule = serviceRule(question)
  if (rule?.verdict === 'Allowed') return { decision: 'Allowed', because: [serviceReason('Allow', rule.why, question)] }
  const denies = reasons('Deny', binding, question)
  if (denies.length > 0) return { decision: 'ExplicitlyDenied', because: denies }
  if (rule) return { decision: rule.verdict, because: [serviceReason('Deny', rule.why, question)] }
  const lacks = weigh(binding, question)
  if (lacks !== 0) return { decision: 'ImplicitlyDenied', because: missingReasons(lacks, binding, question) }
  const grants = [...reasons('Allow', binding, question), ...grantReasons(binding, question), ...rootReasons(question)]
  return { decision: 'Allowed', because: grants }
}

/** All policies that bind, in AWS's order of evaluation. */
export function boundPolicies(binding: Binding): BoundPolicies[] {
  const levels = (type: 'rcp' | 'scp', list: readonly NamedPolicies[] = []) => list.map((one) => ({ type, ...one }))
  const kind = (type: PolicyType, policies: readonly CompiledPolicy[] | undefined) =>
    policies ? [{ type, policies }] : []
  return [
    ...levels('rcp', binding.rcp),
    ...levels('scp', binding.scp),
    ...kind('endpoint', binding.endpoint),
    ...kind('resource', binding.resource && [binding.resource]),
    ...kind('identity', binding.identity),
    ...kind('boundary', binding.boundary),
    ...kind('session', binding.session),
  ]
}

function reasons(effect: Reason['effect'], binding: Binding, question: Question): Reason[] {
  return boundPolicies(binding).flatMap(({ type, policies }) =>
    policies.flatMap((policy) => {
      const { denies, allows } = (policy as StatementIndex).forAction(question.action)
      return (effect === 'Deny' ? denies : allows)
        .filter((statement) => gradeOf(statement, question) !== Grade.none && applies(statement, question))
        .map((statement): Reason => {
          const why = matchInWords(statement, question)
          const reason = { policy: policy.name, statement: statement.index, effect, type, why }
          return statement.sid ? { ...reason, sid: statement.sid } : reason
        })
    }),
  )
}

/** For SCPs and RCPs `policy` is the level of the organization at which nothing allows. */
function missingReasons(lacks: number, binding: Binding, question: Question): Reason[] {
  return lackingTypes(lacks).map((type) => ({
    policy: type === 'scp' ? silentLevel(binding.scp ?? [], question) : '',
    statement: -1,
    effect: 'Deny',
    type,
    why: `no ${kindInWords[type]} allows the ${question.action} action`,
  }))
}

function silentLevel(levels: readonly NamedPolicies[], question: Question): string {
  return levels.find(({ policies }) => outcomeOf(policies, question) === Outcome.silent)?.level ?? ''
}

function grantReasons({ grants }: Binding, question: Question): Reason[] {
  const grant = grants && allowingGrant(grants, question)
  if (!grant) return []
  const why = `a grant allows ${question.action}`
  return [{ policy: grant.granteePrincipal, statement: -1, effect: 'Allow', type: 'grant', why }]
}

function rootReasons({ caller }: Question): Reason[] {
  if (caller.kind !== 'root') return []
  const why = 'the root user has full access to its account'
  return [{ policy: '', statement: -1, effect: 'Allow', type: 'aws', why }]
}

function serviceReason(effect: Reason['effect'], why: string, { action }: Question): Reason {
  return { policy: action.slice(0, action.indexOf(':')), statement: -1, effect, type: 'aws', why }
}
