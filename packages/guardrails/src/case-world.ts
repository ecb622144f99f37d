import { type CompiledPolicy, compilePolicy, type Decision, evaluate, type PolicySet } from '@uais/iam'
import { readPolicy } from './bootstrap/read.ts'
import { bootstrapRoles } from './bootstrap/roles.ts'
import { compileAccount, compileDataSource, compileEndpoint, compileOrganization, compileProject } from './compile.ts'
import { render } from './document.ts'
import { bootstrapRoleArn, boundaryArn, dataBucketArn, eventQueueArn, projectRoleArn, trailBucketArn } from './names.ts'
import type { ProjectParams } from './params.ts'

/** One account as it stands when every stack is applied, for cases that ask what AWS would decide in it. */
export const params: ProjectParams = {
  partition: 'aws',
  awsAccountId: '300000000003',
  accountName: 'claims',
  region: 'eu-west-1',
  platformAccountId: '200000000002',
  organizationId: 'o-uaissandbox',
  profile: 'regulated',
  breakGlassPrincipal: 'arn:aws:iam::300000000003:role/break-glass',
  network: {
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    subnetIds: ['subnet-0a1b2c3d4e5f60711', 'subnet-0a1b2c3d4e5f60722'],
    securityGroupIds: ['sg-0a1b2c3d4e5f60733'],
  },
  keyArn: 'arn:aws:kms:eu-west-1:300000000003:key/11111111-2222-4333-8444-555555555555',
  domainId: 'd-abcdefghijkl',
  project: { name: 'fraud' },
}

/** Sam, a scientist of the project, by Entra object id. */
const sam = '7c0ffee0-0000-4000-8000-00000000005a'

type Persona =
  | 'administrator'
  | 'administrator without organization'
  | 'break-glass'
  | 'scientist'
  | 'scientist without organization'
  | 'scientist without source identity'
  | 'training job'
  | 'model'
  | 'provision'
  | 'mint'
  | 'audit'
  | 'teardown'

const compile = (name: string, text: string, type: 'identity' | 'scp' | 'resource' = 'identity') =>
  compilePolicy(text, { name, type })
const everything = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}'
const account = compileAccount(params).policies
const project = compileProject(params).policies
const source = compileDataSource({ ...params, dataSource: { kind: 'upload', name: 'strikes' } }).policies
const lock = compileEndpoint({
  ...params,
  endpoint: {
    name: 'live',
    artifactUri: `s3://${dataBucketArn(params).split(':::')[1]}/projects/fraud/models/served/model.tar.gz`,
  },
}).policies
const guardrails = Object.entries(compileOrganization(params).policies).map(([name, text]) =>
  compile(name, text, 'scp'),
)
const organization = [
  { level: 'root', policies: [compile('FullAWSAccess', everything, 'scp')] },
  { level: params.awsAccountId, policies: [compile('FullAWSAccess', everything, 'scp'), ...guardrails] },
]
const boundary = [compile('boundary', account.boundary!)]
const studio = [project.studio!, project['studio-guards']!, source.read!, lock['artifact-lock']!].map((text, index) =>
  compile(`studio-${index}`, text),
)
const training = [project.training!, source.read!, lock['artifact-lock']!].map((text, i) =>
  compile(`training-${i}`, text),
)
const read = compile('uais-read', render(readPolicy(params)))
const administrator = [compile('AdministratorAccess', everything)]

interface Holder {
  arn: string
  policies: PolicySet
  context?: Record<string, string>
}

const person = { 'aws:SourceIdentity': sam }
const role = (name: string) => `arn:aws:iam::${params.awsAccountId}:role/${name}`
const scp = { serviceControlPolicies: organization }

function bootstrapHolder(name: 'provision' | 'mint' | 'audit' | 'teardown'): Holder {
  const found = bootstrapRoles({ ...params, externalId: 'uais-0123456789abcdef' }).find(
    (one) => one.name === `uais-${name}`,
  )!
  const own = Object.entries(found.policies).map(([policy, statements]) => compile(policy, render(statements)))
  return {
    arn: bootstrapRoleArn(params, found.name),
    policies: { identityPolicies: found.reads ? [...own, read] : own, ...scp },
  }
}

const studioArn = projectRoleArn(params, 'fraud', 'studio')
const studioPolicies: PolicySet = { identityPolicies: studio, permissionsBoundaries: boundary }
const holders: Record<Persona, Holder> = {
  administrator: { arn: role('admin'), policies: { identityPolicies: administrator, ...scp } },
  'administrator without organization': { arn: role('admin'), policies: { identityPolicies: administrator } },
  'break-glass': { arn: role('break-glass'), policies: { identityPolicies: administrator, ...scp } },
  scientist: { arn: studioArn, policies: { ...studioPolicies, ...scp }, context: person },
  'scientist without organization': { arn: studioArn, policies: studioPolicies, context: person },
  'scientist without source identity': { arn: studioArn, policies: { ...studioPolicies, ...scp } },
  'training job': {
    arn: projectRoleArn(params, 'fraud', 'training'),
    policies: { identityPolicies: training, permissionsBoundaries: boundary, ...scp },
    context: person,
  },
  model: {
    arn: projectRoleArn(params, 'fraud', 'inference'),
    policies: { identityPolicies: [compile('inference', project.inference!)], permissionsBoundaries: boundary, ...scp },
  },
  provision: bootstrapHolder('provision'),
  mint: bootstrapHolder('mint'),
  audit: bootstrapHolder('audit'),
  teardown: bootstrapHolder('teardown'),
}

const resourcePolicies: [prefix: string, policy: CompiledPolicy][] = [
  [params.keyArn, compile('key', account.key!, 'resource')],
  [dataBucketArn(params), compile('data-bucket', account['data-bucket']!, 'resource')],
  [trailBucketArn(params), compile('trail-bucket', account['trail-bucket']!, 'resource')],
  [eventQueueArn(params), compile('event-queue', account['event-queue']!, 'resource')],
]

/** Names that cases use instead of long ARNs: `{bucket}`, `{key}`, `{sagemaker}`, `{sam}`, ... */
const words: Record<string, string> = {
  account: params.awsAccountId,
  boundary: boundaryArn(params),
  bucket: dataBucketArn(params),
  domain: params.domainId,
  iam: `arn:aws:iam::${params.awsAccountId}`,
  key: params.keyArn,
  regional: `${params.region}:${params.awsAccountId}`,
  sagemaker: `arn:aws:sagemaker:${params.region}:${params.awsAccountId}`,
  sam,
  sg: params.network.securityGroupIds[0]!,
  subnet: params.network.subnetIds[0]!,
  trail: trailBucketArn(params),
}
const spell = (text: string) => text.replace(/\{([a-z]+)\}/g, (whole, word: string) => words[word] ?? whole)

export interface Question {
  as: Persona
  action: string
  resource: string
  context?: Record<string, string | string[] | boolean | number>
}

/** What AWS would decide, with the context that AWS fills by itself. */
export function ask({ as, action, resource, context = {} }: Question): Decision {
  const { arn, policies, context: session = {} } = holders[as]
  const target = spell(resource)
  const named = Object.entries(context).map(([key, value]) => [
    key,
    typeof value === 'string' ? spell(value) : Array.isArray(value) ? value.map(spell) : value,
  ])
  const resourcePolicy = resourcePolicies.find(([prefix]) => target === prefix || target.startsWith(`${prefix}/`))?.[1]
  return evaluate(
    {
      principal: arn,
      action,
      resource: { arn: target, accountId: params.awsAccountId },
      context: {
        'aws:PrincipalAccount': params.awsAccountId,
        'aws:PrincipalArn': arn,
        'aws:PrincipalIsAWSService': false,
        'aws:ResourceAccount': params.awsAccountId,
        'aws:SecureTransport': true,
        'aws:ViaAWSService': false,
        ...session,
        ...Object.fromEntries(named),
      },
    },
    { ...policies, ...(resourcePolicy ? { resourcePolicy } : {}) },
  )
}
