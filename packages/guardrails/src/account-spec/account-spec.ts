import type { AccountParams, ProjectParams } from '../params.ts'
import { AccountSpecError, list, object, optional, text, whole, yesOrNo } from './values.ts'

const account = text(/^\d{12}$/, 'twelve digits')
const name = text(/^[a-z](-?[a-z0-9]){0,31}$/, 'a name of lower-case letters, digits and single hyphens, 32 at most')
const keyArn = text(/^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[A-Za-z0-9-]+$/, 'the ARN of a KMS key')
const cidr = text(/^(\d{1,3}\.){3}\d{1,3}\/\d{1,2}$|^[0-9a-f:]+\/\d{1,3}$/i, 'a range such as 192.0.2.0/24')
const types = list(text(/^(ml\.[a-z0-9-]+\.[a-z0-9-]+|system)$/, 'an instance type such as ml.m5.large'))
const vpc = text(/^vpc-[0-9a-f]{8,17}$/, 'a VPC such as vpc-0a1b2c3d4e5f60718')

const spec = object({
  partition: text(/^aws(-[a-z]+)*$/, 'a partition such as aws or aws-us-gov'),
  awsAccountId: account,
  accountName: name,
  region: text(/^[a-z]{2,4}(-[a-z]+)+-\d$/, 'a region such as eu-west-1'),
  platformAccountId: account,
  organizationId: optional(text(/^o-[a-z0-9]{10,32}$/, 'an organization such as o-a1b2c3d4e5')),
  profile: text(/^(standard|regulated)$/, 'standard or regulated'),
  breakGlassPrincipal: text(
    /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
    'the ARN of one role, without wildcards',
  ),
  network: optional(
    object({
      vpcId: vpc,
      subnetIds: list(text(/^subnet-[0-9a-f]{8,17}$/, 'a subnet such as subnet-0a1b2c3d4e5f60711')),
      securityGroupIds: list(text(/^sg-[0-9a-f]{8,17}$/, 'a security group such as sg-0a1b2c3d4e5f60733')),
    }),
  ),
  keyArn: optional(keyArn),
  domainId: optional(text(/^d-[a-z0-9-]{1,61}$/, 'a SageMaker domain such as d-abcdefghijkl')),
  approvedInstanceTypes: optional(types),
  maxRuntimeSeconds: optional(whole(60, 28 * 24 * 3600)),
  instanceTypes: optional(object({ studio: optional(types), jobs: optional(types), endpoints: optional(types) })),
  requiredTags: optional(list(text(/^[\w .:/=+@-]{1,128}$/, 'the key of a tag'))),
  approvedBuckets: optional(list(text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket'))),
  approvedNetworks: optional(object({ cidrs: optional(list(cidr)), vpcIds: optional(list(vpc)) })),
  egressProxy: optional(object({ cidr, port: whole(1, 65_535) })),
  privateLinkServices: optional(list(text(/^com\.amazonaws\.[\w.-]+$/, 'the name of an endpoint service'))),
  budgetStop: optional(
    object({ emails: list(text(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, 'an e-mail address such as owner@example.com')) }),
  ),
  config: optional(yesOrNo),
  splunk: optional(
    object({
      url: text(/^https:\/\/\S+$/, 'an https URL'),
      index: text(/^[a-z0-9][a-z0-9_-]*$/, 'the name of an index'),
      secret: text(/^[\w/+=.@-]{1,512}$/, 'the name of a secret'),
    }),
  ),
  project: optional(object({ name })),
})

/**
 * What `uais guardrails` and offline proofs read from a file: the parameters of an account, or with `project` of one
 * of its projects.
 *
 * @throws AccountSpecError naming the first fault and where it stands
 */
export function parseAccountSpec(input: unknown): AccountParams | ProjectParams {
  spec(input, '')
  const params = input as AccountParams & { project?: ProjectParams['project'] }
  const at = (path: string, arn: string, part: 1 | 3 | 4, wanted: string) => {
    const found = arn.split(':')[part]
    if (found !== wanted)
      throw new AccountSpecError(path, `'${arn}' is of ${found}, the account is of ${wanted}: it must be the same`)
  }
  at('breakGlassPrincipal', params.breakGlassPrincipal, 1, params.partition)
  at('breakGlassPrincipal', params.breakGlassPrincipal, 4, params.awsAccountId)
  if (params.keyArn) {
    at('keyArn', params.keyArn, 1, params.partition)
    at('keyArn', params.keyArn, 3, params.region)
    at('keyArn', params.keyArn, 4, params.awsAccountId)
  }
  if (params.approvedNetworks && !params.approvedNetworks.cidrs && !params.approvedNetworks.vpcIds)
    throw new AccountSpecError('approvedNetworks', 'names no network; give cidrs, vpcIds or both')
  if (params.budgetStop && !params.organizationId)
    throw new AccountSpecError(
      'budgetStop',
      'needs organizationId: it is a service control policy, and without an organization there is none',
    )
  if (params.project)
    for (const field of ['network', 'keyArn', 'domainId'] as const)
      if (params[field] === undefined)
        throw new AccountSpecError(field, 'is missing: a project lives in an account that has network, key and domain')
  return params
}
