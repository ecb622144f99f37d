import type { Decision } from '@uais/iam'
import { worldDocuments } from './case-documents.ts'
import type { holdersOf } from './case-holders.ts'
import { type Request, worldOf } from './mutate/layers.ts'
import { boundaryArn, dataBucketArn, trailBucketArn } from './names.ts'
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

/** The same account where its owner agreed to everything that an owner can agree to besides. */
export const strictest: ProjectParams = {
  ...params,
  maxRuntimeSeconds: 8 * 3600,
  requiredTags: ['cost-centre', 'owner'],
  approvedBuckets: ['claims-history-300000000003'],
  approvedNetworks: { cidrs: ['192.0.2.0/24'], vpcIds: [params.network.vpcId] },
  egressProxy: { cidr: '10.60.15.0/28', port: 3128 },
  privateLinkServices: ['com.amazonaws.vpce.eu-west-1.vpce-svc-0123456789abcdef0'],
}

/** The usual account when the budget is spent whose stop its owner agreed to: AWS Budgets has attached it. */
export const spent: ProjectParams = { ...params, budgetStop: { emails: ['owner@example.com'] } }

/** Sam, a scientist of the project, by Entra object id. */
export const sam = '7c0ffee0-0000-4000-8000-00000000005a'

const worlds = {
  usual: worldOf(params, sam, worldDocuments(params)),
  strictest: worldOf(strictest, sam, worldDocuments(strictest)),
  spent: worldOf(spent, sam, worldDocuments(spent)),
}

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
  vpc: params.network.vpcId,
}
const spell = (text: string) => text.replace(/\{([a-z]+)\}/g, (whole, word: string) => words[word] ?? whole)

export interface Question {
  as: keyof ReturnType<typeof holdersOf>
  /** Of the account where everything was agreed, or whose budget is spent, instead of the usual one. */
  in?: 'strictest' | 'spent'
  action: string
  resource: string
  /** `null` takes a key away that AWS would fill: of a request that does not say it. */
  context?: Record<string, string | string[] | boolean | number | null>
  /** Operations that a grant on the key gives to whoever asks. */
  granted?: string[]
}

/** The question with every name spelt out. */
export const spelt = ({ as, action, resource, context = {}, granted }: Question): Request => ({
  as,
  action,
  resource: spell(resource),
  ...(granted ? { granted } : {}),
  context: Object.fromEntries(
    Object.entries(context).map(([key, value]) => [
      key,
      typeof value === 'string' ? spell(value) : Array.isArray(value) ? value.map(spell) : (value ?? undefined),
    ]),
  ),
})

/** What AWS would decide, with the context that AWS fills by itself. */
export function ask(question: Question): Decision {
  return worlds[question.in ?? 'usual'].decide('all', spelt(question))
}
