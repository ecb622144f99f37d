import type { CounterexampleView, ProofResult, ProvedRequest } from '@uais/contract'
import type { Invariant, ProofBundle, ProofPrincipal } from '@uais/iam'
import type { AccountBundle } from './account-bundle.ts'
import { sentenceOf } from './sentence.ts'
import { whoElse } from './who-else.ts'

/** Each promise that somebody could break, with who they are: ARNs, whoever was found first before the others. */
interface Breakable {
  result: ProofResult
  principals: string[]
}

export interface WhoCould {
  breakable: Breakable[]
  /** All results of the first round. */
  results: readonly ProofResult[]
  /** Whether more could be able to than are named: of the rest it could not be decided. */
  more: boolean
}

type Prove = (built: AccountBundle) => Promise<readonly ProofResult[]>

/** Each round finds all of the same rights at once; an account has few sorts of rights that matter to one promise. */
const mostRounds = 16

/**
 * Everybody who could break each promise, by themselves or by becoming somebody else. The prover names one who could;
 * they and all who could send the same are then exempt, and it is asked again, until nobody is left. The platform's own
 * roles count only for who could become them.
 */
export async function whoCould(built: AccountBundle, prove: Prove): Promise<WhoCould> {
  const found = new Map<string, Breakable>()
  const exempt = new Map<string, Set<string>>()
  let results: readonly ProofResult[] | undefined
  let open: readonly Invariant[] = built.bundle.invariants
  let undecided = false
  for (let round = 0; open.length > 0 && round < mostRounds; round++) {
    const asked = open.map((invariant) => without(invariant, exempt.get(invariant.id), built.bundle))
    const answers = await prove({ ...built, bundle: { ...built.bundle, invariants: asked } })
    results ??= answers
    open = open.filter((invariant, index) => {
      const result = answers[index]
      undecided ||= round > 0 && result?.verdict === 'unknown'
      return result?.verdict === 'disproved' && heard(found, exempt, invariant.id, result, built.bundle)
    })
  }
  return { breakable: [...found.values()], results: results ?? [], more: undecided || open.length > 0 }
}

function without(invariant: Invariant, exempt: Iterable<string> = [], bundle: ProofBundle): Invariant {
  if ('mustBeAbleTo' in invariant) return invariant
  const ours = `arn:${bundle.partition}:iam::${bundle.account}:role/uais/*`
  const service = `arn:${bundle.partition}:iam::${bundle.account}:role/aws-service-role/*`
  return { ...invariant, nobodyBut: [...new Set([...invariant.nobodyBut, ours, service, ...exempt])] }
}

/** Notes who could; false when that says nothing new, so that asking again would not either. */
function heard(
  found: Map<string, Breakable>,
  exempt: Map<string, Set<string>>,
  id: string,
  result: ProofResult,
  bundle: ProofBundle,
): boolean {
  const { counterexample } = result
  if (!counterexample) return false
  const first = counterexample.steps[0] ?? counterexample
  const could = [...new Set([first.principal, ...whoElse(bundle, counterexample)])]
  const known = exempt.get(id) ?? new Set()
  const fresh = could.filter((arn) => !known.has(arn))
  exempt.set(id, new Set([...known, ...fresh]))
  const ofToday = fresh.filter(isOwn)
  if (ofToday.length > 0 && !isOfNobody([...counterexample.steps, counterexample], bundle)) {
    const before = found.get(id)
    const news = { ...result, counterexample: byTheLeast(counterexample, ofToday, bundle) }
    const telling = before && newsOf(before.result, bundle) <= newsOf(news, bundle) ? before.result : news
    found.set(id, { result: telling, principals: [...(before?.principals ?? []), ...ofToday] })
  }
  return fresh.length > 0
}

/** The platform's roles are judged when they are planned, and AWS's own act for its services. */
export const isOwn = (arn: string) => !/:role\/(uais|aws-service-role)\//.test(arn)

/**
 * Whether it takes a role that nobody has made: of one that is not listed the prover takes for granted that it trusts
 * everybody, but here all are listed.
 */
function isOfNobody(requests: readonly ProvedRequest[], { principals }: ProofBundle): boolean {
  const there = new Set(principals.map(({ arn }) => arn))
  return requests.some(({ action, resource }) => {
    if (action === 'iam:CreateRole') there.add(resource)
    return action.startsWith('sts:') && resource.includes(':role/') && !there.has(resource)
  })
}

/** The same request, sent by one who is not an administrator, where such a one could. */
function byTheLeast(example: CounterexampleView, could: readonly string[], bundle: ProofBundle): CounterexampleView {
  const of = (arn: string) => bundle.principals.find((one) => one.arn === arn)
  const by = of(example.principal)
  const other = could.flatMap((arn) => of(arn) ?? []).find((one) => !isAdministrator(one))
  if (example.steps.length > 0 || !other || !by || !isAdministrator(by)) return example
  const context = { ...example.context }
  if ('aws:PrincipalArn' in context) context['aws:PrincipalArn'] = other.arn
  const request = { ...example, principal: other.arn, context }
  return { ...request, sentence: sentenceOf(request, bundle) }
}

/** Holds every right, by a statement without conditions, as AWS's AdministratorAccess does. */
export const isAdministrator = ({ identityPolicies, permissionsBoundary }: ProofPrincipal): boolean =>
  !permissionsBoundary &&
  identityPolicies.some(({ policy }) =>
    [policy.Statement]
      .flat()
      .some((one) => one.Effect === 'Allow' && isAll(one.Action) && isAll(one.Resource) && !one.Condition),
  )

const isAll = (element: unknown) => [element].flat().includes('*')

/** That an administrator can is known; how somebody else can is news, the shorter the better. */
function newsOf({ counterexample }: ProofResult, { principals }: ProofBundle): number {
  if (!counterexample) return Number.POSITIVE_INFINITY
  const { steps } = counterexample
  const by = principals.find(({ arn }) => arn === (steps[0] ?? counterexample).principal)
  return steps.length + (by && isAdministrator(by) ? 100 : 0)
}
