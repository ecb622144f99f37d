import type { PolicyStatement } from '@uais/iam'
import {
  type Ability,
  catalogueAction,
  catalogueActions,
  compilePolicy,
  evaluate,
  type Invariant,
  type Prohibition,
} from '@uais/iam'
import { carries } from '../carried-keys.ts'
import { render } from '../document.ts'
import { patternsOverlap } from '../overlap.ts'
import type { ProjectParams } from '../params.ts'
import { matching } from './foreign.ts'
import type { Request, World } from './layers.ts'
import { type Context, usualContext, usualResource } from './usual-request.ts'
import { type Override, violations } from './violations.ts'

/** A request that an invariant forbids, or that it wants to be possible. */
export interface Witness {
  invariant: string
  wanted: boolean
  request: Request
}

const usualPeople: readonly Request['as'][] = [
  'administrator',
  'break-glass',
  'scientist',
  'training job',
  'provision',
  'stranger',
]
/** Asked too where a promise is about who asks. */
const otherPeople: readonly Request['as'][] = [
  'scientist without source identity',
  'model',
  'mint',
  'audit',
  'teardown',
  'platform worker',
  'CloudTrail for a stranger',
  'anonymous',
]
const everybody = [...usualPeople, ...otherPeople]
const isAboutWho = ({ when }: Prohibition) =>
  /aws:(Principal|Source(Account|OrgID|Identity))/i.test(JSON.stringify(when ?? {}))
/** Enough of a family of actions to meet each statement about it; those of a statement are asked one by one. */
const actionsPerFamily = 12

export const isProhibition = (invariant: Invariant): invariant is Prohibition => 'may' in invariant

/** The request of an ability, asked by whoever of the account has the ARN. */
export function wish({ id, mustBeAbleTo }: Ability, world: World): Witness[] {
  const { principal, action, resource, context } = mustBeAbleTo
  const as = everybody.find((one) => world.holder(one).arn === principal)
  return as ? [{ invariant: id, wanted: true, request: { as, action, resource, context: context ?? {} } }] : []
}

/**
 * Requests that a prohibition forbids, keeping every other agreement: so that nothing but the statement that keeps this
 * one stands in their way. `about` are the action patterns of interest.
 */
export async function forbidden(
  invariant: Prohibition,
  { p, sam, world }: { p: ProjectParams; sam: string; world: World },
  about: readonly string[],
): Promise<Witness[]> {
  const actions = await actionsOf(invariant, about)
  if (actions.length === 0) return []
  const isMeant = condition(invariant.when)
  const exempt = (as: Request['as']) =>
    invariant.nobodyBut.some((pattern) => patternsOverlap(pattern, world.holder(as).arn))
  const asking = (isAboutWho(invariant) ? everybody : usualPeople).filter((as) => !exempt(as))
  const tags = Object.fromEntries(
    Object.entries(invariant.on.tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]),
  )
  const found: Witness[] = []
  for (const action of actions) {
    const known = await catalogueAction(action)
    // A request that AWS would never make notices nothing.
    const isPossible = (asked: Override) =>
      Object.entries(asked).every(([key, value]) => value === undefined || (known && carries(known, key)))
    if (!isPossible(tags)) continue
    const usual = await usualContext(p, sam, action)
    for (const resource of await resourcesOf(invariant, p, action))
      for (const override of violations(invariant.when).filter(isPossible))
        for (const as of asking) {
          const context = { ...usual, ...tags, ...ownTag(as, p, action, usual), ...override }
          const request = { as, action, resource, context: present(context) }
          if (isMeant(request, world)) found.push({ invariant: invariant.id, wanted: false, request })
        }
  }
  return found
}

/** Work of a project carries its tag. */
const ownTag = (as: Request['as'], p: ProjectParams, action: string, usual: Context): Context =>
  /^(scientist|training job)/.test(as) && /:Create(?!App|Space)/.test(action) && 'sagemaker:InstanceTypes' in usual
    ? { 'aws:RequestTag/uais:project': p.project.name, 'aws:TagKeys': ['uais:project'] }
    : {}

const present = (context: Record<string, Context[string] | undefined>): Context =>
  Object.fromEntries(
    Object.entries(context).filter((entry): entry is [string, Context[string]] => entry[1] !== undefined),
  )

/** All that an invariant speaks of, by invariant: the catalogue is searched once for each. */
const spoken = new WeakMap<Prohibition, Promise<Set<string>>>()

async function expanded({ may, accessLevels }: Prohibition): Promise<Set<string>> {
  const known = (await Promise.all(may.map((pattern) => catalogueActions(pattern)))).flat()
  const meant = known.filter((one) => !accessLevels || one.accessLevels.some((level) => accessLevels.includes(level)))
  return new Set(meant.map(({ action }) => action))
}

/** All that patterns name, by the patterns: the same few are asked of every invariant. */
const namings = new Map<string, Promise<string[]>>()

function named(patterns: readonly string[]): Promise<string[]> {
  const id = patterns.join()
  const search = async () => {
    const found = await Promise.all(patterns.map((pattern) => catalogueActions(pattern)))
    return [...new Set(found.flat().map(({ action }) => action))]
  }
  const known = namings.get(id) ?? search()
  namings.set(id, known)
  return known
}

/** Those of interest among the actions of an invariant: all of a few, an even choice of many. */
async function actionsOf(invariant: Prohibition, about: readonly string[]): Promise<string[]> {
  const all = spoken.get(invariant) ?? expanded(invariant)
  spoken.set(invariant, all)
  const meant = await all
  const actions = (await named(about)).filter((action) => meant.has(action))
  const step = Math.max(1, Math.floor(actions.length / actionsPerFamily))
  return actions.filter((_, index) => index % step === 0)
}

async function resourcesOf({ on }: Prohibition, p: ProjectParams, action: string): Promise<string[]> {
  const usual = await usualResource(p, action)
  if (!on.arns) return [usual]
  return [...new Set(on.arns.map((arn) => (arn === '*' ? usual : matching(arn))))]
}

/** Whether a request is one of those that the invariant speaks of, as the evaluator sees its condition. */
function condition(when: Prohibition['when']) {
  if (!when) return () => true
  const statement = { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: when } as PolicyStatement
  const resourcePolicy = compilePolicy(render([statement]), { name: 'when', type: 'resource' })
  return ({ as, context }: Request, world: World): boolean => {
    const { arn, context: session } = world.holder(as)
    const usual = { 'aws:SecureTransport': true, 'aws:ViaAWSService': false }
    const principal = arn.startsWith('arn:') ? { 'aws:PrincipalArn': arn } : {}
    // Asked of an object, where a policy that allows is enough for anybody: only the condition decides.
    const asked = {
      principal: arn,
      action: 's3:GetObject',
      resource: { arn: 'arn:aws:s3:::a/b', accountId: accountOf(arn) },
    }
    const known = { ...asked, context: { ...principal, ...usual, ...session, ...context } }
    return evaluate(known, { identityPolicies: [], resourcePolicy }).decision === 'Allowed'
  }
}

/** Of a principal of an account: its own, so that nothing but the policy is asked; any for the others. */
const accountOf = (arn: string) => arn.split(':')[4] || '300000000003'
