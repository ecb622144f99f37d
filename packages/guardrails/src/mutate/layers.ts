import {
  type AuthorizationRequest,
  type CompiledPolicy,
  type ContextValue,
  type Decision,
  decide,
  evaluate,
  normaliseContext,
  type PolicySet,
} from '@uais/iam'
import { compile, type Documents } from '../case-documents.ts'
import { type Holder, holdersOf, resourcePoliciesOf } from '../case-holders.ts'
import { dataBucketArn, eventQueueArn, trailBucketArn } from '../names.ts'
import type { ProjectParams } from '../params.ts'

/** A question to one of the account's people, roles or services. */
export interface Request {
  as: keyof ReturnType<typeof holdersOf>
  action: string
  resource: string
  context: Readonly<Record<string, ContextValue | undefined>>
  /** Operations that a grant on the key gives to whoever asks. */
  granted?: readonly string[]
}

/**
 * What decides: everything together, or one kind of policy alone, with everything else granted. A promise that two
 * kinds keep is kept twice: each must keep it when the other is not there, as in an account without an organization.
 * Where one kind both grants and denies, its grants are asked as they stand, and its denials with everything granted
 * beside them: a denial is there for whatever else the role or the resource is given.
 */
export type Layer =
  | 'all'
  | 'scp'
  | 'rcp'
  | 'boundary'
  | 'identity grants'
  | 'identity denials'
  | 'resource grants'
  | 'resource denials'
  | 'endpoint'

export interface World {
  allows(layer: Layer, request: Request): boolean
  /** As `allows`, with the statements that decided. */
  decide(layer: Layer, request: Request): Decision
  holder(as: Request['as']): Holder
}

const everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
const administrator = [compile('AdministratorAccess', everything)]
const openTo = (principal: string) => everything.replace('"Action"', `"Principal":${principal},"Action"`)
const everyone = compile('open', openTo('"*"'), 'resource')

/** A policy of the resource that lets everybody in, but for what the given one denies. */
function opened(name: string, text: string): CompiledPolicy {
  const known = openedPolicies.get(text) ?? openedOf(name, text)
  openedPolicies.set(text, known)
  return known
}
const openedPolicies = new Map<string, CompiledPolicy>()

function openedOf(name: string, text: string): CompiledPolicy {
  const given = JSON.parse(text) as { Statement: unknown[] }
  const open = (JSON.parse(openTo('"*"')) as { Statement: unknown[] }).Statement
  return compile(`${name} opened`, JSON.stringify({ ...given, Statement: [...given.Statement, ...open] }), 'resource')
}

/** The layer that a statement of a document is a part of. */
export function layerOf({ document, effect }: { document: string; effect: 'Allow' | 'Deny' }): Layer {
  if (document.startsWith('resource-guardrails')) return 'rcp'
  if (document.startsWith('guardrails') || document === 'budget-stop') return 'scp'
  if (document === 'boundary') return 'boundary'
  if (document.endsWith('-endpoint')) return 'endpoint'
  const kind = /^(data-bucket|event-queue|key|trail-bucket|.*-trust)$/.test(document) ? 'resource' : 'identity'
  return `${kind} ${effect === 'Allow' ? 'grants' : 'denials'}`
}

export function worldOf(p: ProjectParams, sam: string, documents: Documents): World {
  const holders = holdersOf(p, sam, documents)
  const resourcePolicies = resourcePoliciesOf(p, documents)
  const resourceDenials = guardedBy(p, documents)
  const delegated = compile('delegated', openTo(`{"AWS":"${p.awsAccountId}"}`), 'resource')
  const endpoint = (name: string) => [compile(name, documents[name]!, 'endpoint')]
  const endpoints = { s3: endpoint('s3-endpoint'), others: endpoint('interface-endpoint') }
  /** The policy of the resource, as far as the layer asks it. */
  const guardOf = (layer: Layer, { action, resource }: Request, owner: string): CompiledPolicy | undefined => {
    // Somebody who wants our data would let everybody in.
    if (owner !== p.awsAccountId) return everyone
    const guards = layer === 'resource denials' ? resourceDenials : resourcePolicies
    if (layer === 'all' || layer.startsWith('resource'))
      return guards.find(([prefix]) => resource === prefix || resource.startsWith(`${prefix}/`))?.[1]
    // Without a policy of their own that says so, roles and keys are not left to the account's policies.
    return /^(kms|sts):/.test(action) ? delegated : undefined
  }
  const question = (layer: Layer, request: Request): [AuthorizationRequest, PolicySet] => {
    const asked = askedOf(p, holders[request.as], request)
    const ownEndpoint = request.action.startsWith('s3:') ? endpoints.s3 : endpoints.others
    // Only a request through an endpoint tells a network (IAM User Guide, "aws:SourceVpc").
    const isThroughOurs = request.context['aws:SourceVpc'] === p.network.vpcId
    const guard = guardOf(layer, request, asked.resource.accountId)
    const { arn, policies: own } = holders[request.as]
    const policies = alone(layer, own, guard, layer === 'endpoint' || isThroughOurs ? ownEndpoint : undefined)
    const kmsGrants = request.granted && [{ granteePrincipal: arn, operations: request.granted }]
    return [asked, kmsGrants ? { ...policies, kmsGrants } : policies]
  }
  return {
    holder: (as) => holders[as],
    allows: (layer, request) => decide(...question(layer, request)) === 'Allowed',
    decide: (layer, request) => evaluate(...question(layer, request)),
  }
}

/** Requests as AWS fills them, remembered: the same ones are asked of every world of an account. */
const filled = new WeakMap<Request, { of: ProjectParams; asked: AuthorizationRequest }>()

function askedOf(p: ProjectParams, { arn, context: session }: Holder, request: Request): AuthorizationRequest {
  const known = filled.get(request)
  if (known?.of === p) return known.asked
  const accountId = String(request.context['aws:ResourceAccount'] ?? p.awsAccountId)
  const context = normaliseContext({
    ...(arn.startsWith('arn:') ? { 'aws:PrincipalArn': arn } : {}),
    'aws:RequestedRegion': p.region,
    'aws:ResourceAccount': accountId,
    'aws:SecureTransport': true,
    'aws:ViaAWSService': false,
    ...session,
    ...request.context,
  })
  const asked = { principal: arn, action: request.action, resource: { arn: request.resource, accountId }, context }
  filled.set(request, { of: p, asked })
  return asked
}

const guardedBy = (p: ProjectParams, documents: Documents): [prefix: string, policy: CompiledPolicy][] =>
  (
    [
      [p.keyArn, 'key'],
      [dataBucketArn(p), 'data-bucket'],
      [trailBucketArn(p), 'trail-bucket'],
      [eventQueueArn(p), 'event-queue'],
    ] as const
  ).map(([prefix, name]) => [prefix, opened(name, documents[name]!)])

function alone(
  layer: Layer,
  own: PolicySet,
  guard: CompiledPolicy | undefined,
  endpointPolicies: readonly CompiledPolicy[] | undefined,
): PolicySet {
  const free: PolicySet = { identityPolicies: administrator }
  switch (layer) {
    case 'all':
      return { ...own, resourcePolicy: guard, endpointPolicies }
    case 'scp':
      return { ...free, serviceControlPolicies: own.serviceControlPolicies, resourcePolicy: guard }
    case 'rcp':
      return { ...free, resourceControlPolicies: own.resourceControlPolicies, resourcePolicy: everyone }
    case 'boundary':
      return { ...free, permissionsBoundaries: own.permissionsBoundaries, resourcePolicy: guard }
    case 'identity grants':
      return { identityPolicies: own.identityPolicies, resourcePolicy: guard }
    case 'identity denials':
      return { identityPolicies: [...own.identityPolicies, ...administrator], resourcePolicy: guard }
    case 'resource grants':
    case 'resource denials':
      return { ...free, resourcePolicy: guard ?? everyone }
    case 'endpoint':
      return { ...free, resourcePolicy: everyone, endpointPolicies }
  }
}
