import type { CompiledPolicy, PolicySet } from '@uais/iam'
import { readPolicy } from './bootstrap/read.ts'
import { bootstrapRoles } from './bootstrap/roles.ts'
import { compile, type Documents, worldDocuments } from './case-documents.ts'
import { render } from './document.ts'
import {
  apiRoleArn,
  bootstrapRoleArn,
  dataBucketArn,
  eventQueueArn,
  eventRulesArn,
  iamArn,
  keyArnPattern,
  type ProjectRole,
  projectRoleArn,
  rootArn,
  serviceRolesArn,
  trailArn,
  trailBucketArn,
  workerRoleArn,
} from './names.ts'
import type { ProjectParams } from './params.ts'

/** Who asks, with the policies that have a say and what a session of theirs carries. */
export interface Holder {
  /** ARN, or the name of an AWS service. */
  arn: string
  policies: PolicySet
  context: Record<string, string | boolean>
}

const externalId = 'uais-0123456789abcdef'
const everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
const openTo = (principal: string) =>
  everything.replace('"Action"', `"Principal":${principal === '*' ? '"*"' : `{"AWS":"${principal}"}`},"Action"`)
const fullRcp = openTo('*')
const administrator = [compile('AdministratorAccess', everything)]

const stranger = '999999999999'
const registry = '888888888888'
/** The bootstrap's roles with their policies compiled, once per account: no world differs in those. */
const bootstraps = new WeakMap<ProjectParams, ReturnType<typeof bootstrapOf>>()

function bootstrapOf(p: ProjectParams) {
  const read = compile('uais-read', render(readPolicy(p)))
  return bootstrapRoles({ ...p, externalId }).map(({ name, policies, reads, trust }) => ({
    name,
    identityPolicies: [
      ...Object.entries(policies).map(([policy, statements]) => compile(policy, render(statements))),
      ...(reads ? [read] : []),
    ],
    trust: compile(`${name}-trust`, render(trust), 'resource'),
  }))
}

function bootstrapRolesOf(p: ProjectParams) {
  const known = bootstraps.get(p) ?? bootstrapOf(p)
  bootstraps.set(p, known)
  return known
}

/** The organization's policies on the account: AWS's own at every level, ours at the account. */
function organization(p: ProjectParams, documents: Documents): Omit<PolicySet, 'identityPolicies'> {
  const attached = Object.entries(documents).filter(([name]) => /^((resource-)?guardrails-\d+|budget-stop)$/.test(name))
  const levels = (kind: 'scp' | 'rcp', full: string) => {
    const ours = attached.filter(([name]) => name.startsWith('resource-') === (kind === 'rcp'))
    const aws = compile(kind === 'rcp' ? 'RCPFullAWSAccess' : 'FullAWSAccess', full, kind)
    return [
      { level: 'root', policies: [aws] },
      { level: p.awsAccountId, policies: [aws, ...ours.map(([name, text]) => compile(name, text, kind))] },
    ]
  }
  return { serviceControlPolicies: levels('scp', everything), resourceControlPolicies: levels('rcp', fullRcp) }
}

/** Everybody of one account as it stands when every stack is applied, and a few from outside. */
export function holdersOf(p: ProjectParams, sam: string, documents: Documents = worldDocuments(p)) {
  const above = organization(p, documents)
  const member = { 'aws:PrincipalAccount': p.awsAccountId, 'aws:PrincipalIsAWSService': false }
  const inOrganization = { ...member, 'aws:PrincipalOrgID': p.organizationId ?? '' }
  const person = { 'aws:SourceIdentity': sam }
  const role = (name: string) => iamArn(p, p.awsAccountId, `role/${name}`)

  const project = projectPolicies(documents)
  const studioArn = projectRoleArn(p, p.project.name, 'studio')
  const scientist: Holder = {
    arn: studioArn,
    policies: { ...project.studio, ...above },
    context: { ...inOrganization, ...person },
  }
  const bootstrap = (name: 'provision' | 'mint' | 'audit' | 'teardown'): Holder => {
    const { identityPolicies } = bootstrapRolesOf(p).find((one) => one.name === `uais-${name}`)!
    const policies = { identityPolicies, ...above }
    return { arn: bootstrapRoleArn(p, `uais-${name}`), policies, context: inOrganization }
  }
  return {
    administrator: {
      arn: role('admin'),
      policies: { identityPolicies: administrator, ...above },
      context: inOrganization,
    },
    'administrator without organization': {
      arn: role('admin'),
      policies: { identityPolicies: administrator },
      context: member,
    },
    'break-glass': {
      arn: p.breakGlassPrincipal,
      policies: { identityPolicies: administrator, ...above },
      context: inOrganization,
    },
    /** As if the owner had taken every policy from it. */
    'break-glass without policies': {
      arn: p.breakGlassPrincipal,
      policies: { identityPolicies: [], ...above },
      context: inOrganization,
    },
    scientist,
    'scientist without organization': { arn: studioArn, policies: project.studio, context: { ...member, ...person } },
    'scientist without source identity': { ...scientist, context: inOrganization },
    'training job': {
      arn: projectRoleArn(p, p.project.name, 'training'),
      policies: { ...project.training, ...above },
      context: { ...inOrganization, ...person },
    },
    model: {
      arn: projectRoleArn(p, p.project.name, 'inference'),
      policies: { ...project.inference, ...above },
      context: inOrganization,
    },
    provision: bootstrap('provision'),
    mint: bootstrap('mint'),
    audit: bootstrap('audit'),
    teardown: bootstrap('teardown'),
    ...outsiders(p, above),
    ...services(p, above),
  } satisfies Record<string, Holder>
}

type OfResources = Pick<PolicySet, 'resourceControlPolicies'>

/** Who comes from another account. */
function outsiders(p: ProjectParams, { resourceControlPolicies }: OfResources) {
  const outside = (arn: string, account: string, organizationId: string): Holder => ({
    arn,
    policies: { identityPolicies: administrator, resourceControlPolicies },
    context: {
      'aws:PrincipalIsAWSService': false,
      'aws:PrincipalAccount': account,
      'aws:PrincipalOrgID': organizationId,
    },
  })
  return {
    // The platform may be of another organization; its other roles are asked as if they were of the owner's.
    'platform worker': outside(workerRoleArn(p), p.platformAccountId, 'o-platform'),
    'platform api': outside(apiRoleArn(p), p.platformAccountId, 'o-platform'),
    'platform stranger': outside(
      iamArn(p, p.platformAccountId, 'role/deploy'),
      p.platformAccountId,
      p.organizationId ?? '',
    ),
    stranger: outside(iamArn(p, stranger, 'role/any'), stranger, 'o-stranger'),
    /** Image layers lie in buckets of AWS's own accounts, and are handed out by one of those. */
    'image registry': {
      arn: iamArn(p, registry, 'role/ecr'),
      policies: { identityPolicies: administrator },
      context: { 'aws:PrincipalIsAWSService': false, 'aws:PrincipalAccount': registry },
    },
  } satisfies Record<string, Holder>
}

/** Who is of no account: AWS's own services, each saying for whom it comes, and whoever signs nothing. */
function services(p: ProjectParams, { resourceControlPolicies }: OfResources) {
  const service = (arn: string, context: Holder['context']): Holder => ({
    arn,
    policies: { identityPolicies: [], resourceControlPolicies },
    context: { 'aws:PrincipalIsAWSService': true, ...context },
  })
  return {
    CloudTrail: service('cloudtrail.amazonaws.com', {
      'aws:SourceAccount': p.awsAccountId,
      'aws:SourceArn': trailArn(p),
      'aws:SourceOrgID': p.organizationId ?? '',
    }),
    'CloudTrail for a stranger': service('cloudtrail.amazonaws.com', {
      'aws:SourceAccount': stranger,
      'aws:SourceArn': `arn:aws:cloudtrail:${p.region}:${stranger}:trail/any`,
      'aws:SourceOrgID': 'o-stranger',
    }),
    EventBridge: service('events.amazonaws.com', {
      'aws:SourceAccount': p.awsAccountId,
      'aws:SourceArn': eventRulesArn(p).replace('*', 'calls'),
      'aws:SourceOrgID': p.organizationId ?? '',
    }),
    'CloudWatch Logs': service(`logs.${p.region}.amazonaws.com`, {}),
    SageMaker: service('sagemaker.amazonaws.com', {}),
    anonymous: { arn: '*', policies: { identityPolicies: [], resourceControlPolicies }, context: {} },
  } satisfies Record<string, Holder>
}

/** Roles of the project as they stand with its data sources and one endpoint. */
function projectPolicies(documents: Documents): Record<ProjectRole, PolicySet> {
  const holding = (...names: string[]): PolicySet => ({
    identityPolicies: names.map((name) => compile(name, documents[name]!)),
    permissionsBoundaries: [compile('boundary', documents.boundary!)],
  })
  return {
    studio: holding('studio', 'studio-guards', 'read', 'read-bucket', 'artifact-lock'),
    training: holding('training', 'read', 'read-bucket', 'artifact-lock'),
    inference: holding('inference'),
  }
}

/** Resource policies, and trust policies of roles, by the beginning of the ARN that they guard. */
export function resourcePoliciesOf(
  p: ProjectParams,
  documents: Documents = worldDocuments(p),
): [prefix: string, policy: CompiledPolicy][] {
  const resource = (prefix: string, name: string): [string, CompiledPolicy] => [
    prefix,
    compile(name, documents[name]!, 'resource'),
  ]
  /** What lies in the account and is not ours: as AWS makes it, left to the account's policies. */
  const theirs = compile('theirs', openTo(rootArn(p)), 'resource')
  return [
    [iamArn(p, p.awsAccountId, 'role/theirs'), theirs],
    [keyArnPattern(p).replace('*', 'theirs'), theirs],
    resource(p.keyArn, 'key'),
    resource(dataBucketArn(p), 'data-bucket'),
    resource(trailBucketArn(p), 'trail-bucket'),
    resource(eventQueueArn(p), 'event-queue'),
    // The name that the module `studio-domain` gives to the role of the domain's defaults.
    resource(serviceRolesArn(p).replace('*', 'uais-studio-default'), 'domain-trust'),
    ...bootstrapRolesOf(p).map(({ name, trust }): [string, CompiledPolicy] => [bootstrapRoleArn(p, name), trust]),
    ...(['studio', 'training', 'inference'] as const).map((name) =>
      resource(projectRoleArn(p, p.project.name, name), `${name}-trust`),
    ),
  ]
}
