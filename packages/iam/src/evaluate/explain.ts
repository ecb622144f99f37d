import type { CompiledPolicy, StatementIndex } from '../policy/compile.ts'
import { type CompiledStatement, gradeOf } from '../policy/statement.ts'
import { Grade } from '../principal/element.ts'
import type { Decision, PolicyType, Reason } from './decision.ts'
import { allowingGrant } from './kms-grants.ts'
import { type Question, questionOf } from './question.ts'
import type { AuthorizationRequest, ContextValue, NamedPolicies, PolicySet } from './request.ts'
import { serviceRule } from './service-rules.ts'
import { type Binding, bindingOf, type Lacks, lackingTypes, weigh } from './verdict.ts'

/** What one statement had to say about a request. */
export interface StatementReport extends Reason {
  /** The statement speaks about this request; `why` tells what it matched, else what did not match. */
  applied: boolean
  /** Root, organizational unit or account that an SCP or RCP is attached to. */
  level?: string
}

/** A decision with the report of every statement of every policy that binds. */
export interface Explanation extends Decision {
  statements: readonly StatementReport[]
}

/**
 * Decides a request and tells why, statement by statement: the slow pass, by the same rules as `decide`.
 *
 * `because` of an allow holds the statements that granted; of an explicit denial the statements that deny; of an
 * implicit one the kinds of policy that had no allow, the first one first in AWS's order of evaluation.
 */
export function explain(request: AuthorizationRequest, policies: PolicySet): Explanation {
  const question = questionOf(request, policies)
  const binding = bindingOf(question, policies)
  const statements = reportAll(binding, question)
  const rule = serviceRule(question)
  const denies = statements.filter(({ applied, effect }) => applied && effect === 'Deny')
  const ofService = rule && serviceReason(rule.verdict === 'Allowed' ? 'Allow' : 'Deny', request, rule.why)
  if (ofService?.effect === 'Allow') return { decision: 'Allowed', because: [ofService], statements }
  if (denies.length > 0) return { decision: 'ExplicitlyDenied', because: denies.map(reasonOf), statements }
  if (ofService) return { decision: 'ImplicitlyDenied', because: [ofService], statements }
  const lacks = weigh(binding, question)
  if (lacks !== 0)
    return { decision: 'ImplicitlyDenied', because: missingReasons(lacks, binding, question), statements }
  const grants = statements.filter(({ applied, effect }) => applied && effect === 'Allow').map(reasonOf)
  return {
    decision: 'Allowed',
    because: [...grants, ...grantReasons(binding, question), ...rootReasons(question)],
    statements,
  }
}

function reportAll(binding: Binding, question: Question): StatementReport[] {
  return [
    ...reportLevels(binding.rcp, 'rcp', question),
    ...reportLevels(binding.scp, 'scp', question),
    ...report(binding.endpoint, 'endpoint', question),
    ...report(binding.resource && [binding.resource], 'resource', question),
    ...report(binding.identity, 'identity', question),
    ...report(binding.boundary, 'boundary', question),
    ...report(binding.session, 'session', question),
  ]
}

function reportLevels(
  levels: readonly NamedPolicies[] | undefined,
  type: PolicyType,
  question: Question,
): StatementReport[] {
  return (levels ?? []).flatMap(({ level, policies }) =>
    report(policies, type, question).map((one) => ({ ...one, level })),
  )
}

function report(
  policies: readonly CompiledPolicy[] | undefined,
  type: PolicyType,
  question: Question,
): StatementReport[] {
  return (policies ?? []).flatMap((policy) => {
    const { name, statements } = policy as StatementIndex
    return statements.map((statement): StatementReport => {
      const mismatch = mismatchOf(statement, question)
      return {
        policy: name,
        statement: statement.index,
        effect: statement.effect,
        type,
        why: mismatch ?? matchOf(statement, question),
        ...(statement.sid ? { sid: statement.sid } : {}),
        applied: mismatch === undefined,
      }
    })
  })
}

/** The first element that does not match, in words; undefined when all do. */
function mismatchOf(statement: CompiledStatement, question: Question): string | undefined {
  if (!statement.action(question.facts.name)) return `action ${question.action} is not covered`
  if (statement.resource?.(question) === false) return `resource ${question.resource} is not covered`
  if (gradeOf(statement, question) === Grade.none)
    return `principal ${question.caller.session ?? question.caller.arn} is not named`
  const failed = statement.conditions.find((condition) => !condition.holds(question))
  if (!failed) return undefined
  return `condition ${failed.operator} ${failed.key} [${failed.values.join(', ')}] does not hold: ${found(failed.read(question))}`
}

function matchOf(statement: CompiledStatement, question: Question): string {
  const verb = statement.effect === 'Deny' ? 'denies' : 'allows'
  const conditions = statement.conditions.map(
    ({ operator, key, read }) => `${operator} ${key}: ${found(read(question))}`,
  )
  const suffix = conditions.length > 0 ? ` (${conditions.join('; ')})` : ''
  return `${verb} ${question.action} on ${question.resource}${suffix}`
}

function found(value: ContextValue | undefined): string {
  return value === undefined ? 'the request does not have it' : `the request has ${JSON.stringify(value)}`
}

function reasonOf({ policy, statement, effect, type, why, sid }: StatementReport): Reason {
  return { policy, statement, effect, type, why, ...(sid ? { sid } : {}) }
}

const kinds: Record<keyof typeof Lacks, string> = {
  identity: 'identity-based policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  resource: 'resource-based policy',
  endpoint: 'VPC endpoint policy',
}

function missingReasons(lacks: number, binding: Binding, question: Question): Reason[] {
  return lackingTypes(lacks).map((type) => ({
    policy: type === 'scp' || type === 'rcp' ? missingLevel(binding[type] ?? [], question) : '',
    statement: -1,
    effect: 'Deny',
    type,
    why: `no ${kinds[type]} allows the ${question.action} action`,
  }))
}

/** The level of the organization at which nothing allows. */
function missingLevel(levels: readonly NamedPolicies[], question: Question): string {
  const blocking = levels.find(
    ({ policies }) => !report(policies, 'scp', question).some(({ applied, effect }) => applied && effect === 'Allow'),
  )
  return blocking?.level ?? ''
}

function grantReasons({ grants }: Binding, question: Question): Reason[] {
  const grant = grants && allowingGrant(grants, question)
  if (!grant) return []
  return [
    {
      policy: grant.granteePrincipal,
      statement: -1,
      effect: 'Allow',
      type: 'grant',
      why: `a grant allows ${question.action}`,
    },
  ]
}

function rootReasons({ caller }: Question): Reason[] {
  if (caller.kind !== 'root') return []
  return [
    { policy: '', statement: -1, effect: 'Allow', type: 'aws', why: 'the root user has full access to its account' },
  ]
}

function serviceReason(effect: Reason['effect'], { action }: AuthorizationRequest, why: string): Reason {
  return { policy: action.slice(0, action.indexOf(':')), statement: -1, effect, type: 'aws', why }
}
