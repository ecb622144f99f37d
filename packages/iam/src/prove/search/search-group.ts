import { lower, normaliseContext } from '../../evaluate/context.ts'
import { questionOf } from '../../evaluate/question.ts'
import type { AuthorizationRequest, PolicySet } from '../../evaluate/request.ts'
import type { ProofRequest } from '../bundle.ts'
import type { KeyCondition } from '../keys/key-values.ts'
import type { World } from '../world.ts'
import { Atoms, contextAt } from './atoms.ts'
import { type Box, type Point, restrict } from './box.ts'
import { boxesOf, type Group } from './group.ts'
import { judgeRequest } from './judge-request.ts'
import { type Judgement, solve } from './solve.ts'

/** The point of an allowed request, `none`, or `exhausted` when the search took too long. */
export function searchGroup(group: Group, world: World, when: readonly KeyCondition[]): Point | 'none' | 'exhausted' {
  const policies = policiesOf(group)
  const request = (point: Point) => requestAt(group, point)
  const atoms = new Atoms(group, (point) => questionOf(request(point), policies(point)), policies)
  let boxes: Box[] = boxesOf(group, world)
  for (const condition of when) {
    const atom = atoms.ofCondition(condition)
    boxes = boxes.flatMap((box) => restrict(box, atom, true))
  }
  const judge = (point: Point): Judgement => {
    const verdict = judgeRequest(request(point), policies(point))
    if (verdict.kind === 'allowed') return verdict
    if (verdict.kind === 'denied') return { kind: 'denied', denies: verdict.by.map((one) => atoms.of(one)) }
    const { structure } = group.elements[point[1]!]!
    return {
      kind: 'unallowed',
      allows: verdict.lacking.map((one) => atoms.of(one)),
      structure: group.elements.flatMap((element, index) => (element.structure === structure ? [index] : [])),
    }
  }
  return solve({ boxes, judge })
}

/** The request of a point; of one that gives some variables only, with the first principal and resource. */
function requestAt(group: Group, point: Point): AuthorizationRequest {
  const principal = group.principals[point[0] ?? 0]!
  const element = group.elements[point[1] ?? 0]!
  return {
    principal: principal.candidate.arn,
    action: group.action.action,
    resource: { arn: element.arn, accountId: element.accountId },
    context: normaliseContext(contextAt(group, point)),
  }
}

/** A point's request for the report, with the tags that its resource must have; keys that AWS derives are left to it. */
export function requestOf(group: Group, point: Point, tags: Readonly<Record<string, string>> = {}): ProofRequest {
  const { principal, action } = requestAt(group, point)
  const { arn, movedTo, taggable, reticent } = group.elements[point[1]!]!
  const unnamed = Object.entries(tags).filter(
    ([tag]) => taggable && !reticent && !group.variables.some(({ key }) => key === `aws:resourcetag/${lower(tag)}`),
  )
  const context = contextAt(group, point)
  const named = group.variables.flatMap(({ key, name }) => (context[key] === undefined ? [] : [[name, context[key]]]))
  const tagged = unnamed.map(([tag, value]) => [`aws:ResourceTag/${tag}`, value])
  const region = context['aws:requestedregion']
  const resource = (typeof region === 'string' ? movedTo(region) : undefined) ?? arn
  return { principal, action, resource, context: Object.fromEntries([...tagged, ...named]) }
}

/** The policies that decide a point's request. RCPs of our organization do not bind what is in other accounts. */
function policiesOf({ principals, elements }: Group): (point: Point) => PolicySet {
  const known = new Map<number, PolicySet>()
  return (point) => {
    const who = point[0] ?? 0
    const what = point[1] ?? 0
    const key = who * elements.length + what
    const remembered = known.get(key)
    if (remembered) return remembered
    const { policies } = principals[who]!.candidate
    const { foreign, resourcePolicy } = elements[what]!
    const resourceControlPolicies = foreign ? undefined : policies.resourceControlPolicies
    const set: PolicySet = { ...policies, resourceControlPolicies, resourcePolicy }
    known.set(key, set)
    return set
  }
}
