import {
  type AuthorizationRequest,
  compilePolicy,
  decide,
  normaliseContext,
  type PolicySet,
  type RequestContext,
} from '../src/index.ts'
import { boundaryDocument, bucketDocument, identityDocuments, organizationDocuments } from './policies.ts'

const account = '111122223333'
const region = 'eu-west-1'
const session = `arn:aws:sts::${account}:assumed-role/uais-fraud-studio/sam`
const bucket = `arn:aws:s3:::uais-data-${account}-${region}`
const tagged = { 'aws:ResourceTag/ManagedBy': 'UAIS', 'aws:ResourceTag/uais:project': 'fraud' }
const inVpc = { 'sagemaker:VpcSubnets': ['subnet-1', 'subnet-2'], 'sagemaker:VpcSecurityGroupIds': ['sg-1'] }
const training = {
  ...inVpc,
  'aws:RequestTag/uais:project': 'fraud',
  'aws:TagKeys': ['uais:project'],
  'sagemaker:InstanceTypes': ['ml.m5.large'],
}

const always: RequestContext = {
  'aws:PrincipalArn': `arn:aws:iam::${account}:role/uais/projects/uais-fraud-studio`,
  'aws:PrincipalTag/project': 'fraud',
  'aws:SourceIdentity': '3f2504e0-4f89-41d3-9a0c-0305e82c3301',
  'aws:RequestedRegion': region,
  'aws:SecureTransport': 'true',
  'aws:SourceVpce': 'vpce-1a2b3c4d',
  'aws:ViaAWSService': 'false',
  'aws:CurrentTime': '2026-11-22T10:00:00Z',
  'aws:SourceIp': '10.0.1.7',
  'sagemaker:UserProfileName': 'sam',
}

type Kind = [action: string, resource: string, context?: RequestContext]

/** The kinds of request of a scientist's day, allowed and denied; ARNs without prefix are SageMaker's. */
const kinds: Kind[] = [
  ['sagemaker:DescribeDomain', 'domain/d-1', tagged],
  ['sagemaker:ListTrainingJobs', '*'],
  ['sagemaker:CreateApp', 'app/d-1/sam/JupyterLab/default'],
  ['sagemaker:CreateApp', 'app/d-1/priya/JupyterLab/default'],
  ['sagemaker:CreateTrainingJob', 'training-job/fraud-1', training],
  ['sagemaker:CreateTrainingJob', 'training-job/fraud-1', { ...training, 'sagemaker:VpcSubnets': [] }],
  [
    'sagemaker:CreateTrainingJob',
    'training-job/fraud-1',
    { ...training, 'sagemaker:InstanceTypes': ['ml.p4d.24xlarge'] },
  ],
  [
    'sagemaker:AddTags',
    'training-job/fraud-1',
    { 'aws:RequestTag/uais:project': 'fraud', 'aws:TagKeys': ['uais:project'] },
  ],
  [
    'sagemaker:AddTags',
    'training-job/fraud-1',
    { 'aws:RequestTag/uais:project': 'fraud', 'aws:TagKeys': ['ManagedBy'] },
  ],
  ['sagemaker:StopTrainingJob', 'training-job/fraud-1', { 'aws:ResourceTag/uais:project': 'fraud' }],
  ['sagemaker:DeleteEndpoint', 'endpoint/fraud', tagged],
  ['sagemaker:UpdateDomain', 'domain/d-1', tagged],
  ['sagemaker:CreatePresignedDomainUrl', 'user-profile/d-1/priya', tagged],
  ['s3:ListBucket', bucket, { 's3:prefix': 'projects/fraud/data/' }],
  ['s3:ListBucket', bucket, { 's3:prefix': 'projects/other/' }],
  ['s3:GetObject', `${bucket}/projects/fraud/data/penguins.csv`],
  ['s3:GetObject', `${bucket}/projects/other/data/claims.csv`],
  [
    's3:PutObject',
    `${bucket}/projects/fraud/users/3f2504e0-4f89-41d3-9a0c-0305e82c3301/a.csv`,
    { 's3:x-amz-server-side-encryption': 'aws:kms' },
  ],
  [
    's3:PutObject',
    `${bucket}/projects/fraud/users/someone-else/a.csv`,
    { 's3:x-amz-server-side-encryption': 'aws:kms' },
  ],
  [
    'iam:PassRole',
    `arn:aws:iam::${account}:role/uais/projects/uais-fraud-training`,
    { 'iam:PassedToService': 'sagemaker.amazonaws.com' },
  ],
  ['iam:UpdateAssumeRolePolicy', `arn:aws:iam::${account}:role/uais/uais-provision`],
  ['cloudtrail:StopLogging', `arn:aws:cloudtrail:${region}:${account}:trail/uais`],
]

const bucketPolicy = compilePolicy(bucketDocument, { name: 'bucket', type: 'resource' })

const policies: PolicySet = {
  identityPolicies: Object.entries(identityDocuments).map(([name, document]) =>
    compilePolicy(document, { name, type: 'identity' }),
  ),
  permissionsBoundaries: [compilePolicy(boundaryDocument, { name: 'uais-boundary', type: 'boundary' })],
  serviceControlPolicies: Object.entries(organizationDocuments).map(([name, document]) => ({
    level: name,
    policies: [compilePolicy(document, { name, type: 'scp' })],
  })),
}
const bucketPolicies: PolicySet = { ...policies, resourcePolicy: bucketPolicy }

export interface Question {
  request: AuthorizationRequest
  policies: PolicySet
}

/**
 * The workload of the evaluator's bench: 3 identity policies with 10 statements, a boundary with 3, 3 SCPs of 5, a bucket
 * policy with 4, and 22 kinds of request.
 */
export function workload(form: 'raw' | 'normalised'): Question[] {
  return kinds.map(([action, resource, context]) => {
    const whole: RequestContext = { ...always, ...context }
    const arn =
      resource === '*' || resource.startsWith('arn:') ? resource : `arn:aws:sagemaker:${region}:${account}:${resource}`
    const request: AuthorizationRequest = {
      principal: session,
      action,
      resource: { arn, accountId: account },
      context: form === 'raw' ? whole : normaliseContext(whole),
    }
    return { request, policies: action.startsWith('s3:') ? bucketPolicies : policies }
  })
}

export interface Measurement {
  name: string
  unit: 'decisions/s'
  /** Decisions per round, and rounds. */
  n: number
  rounds: number
  /** By the clock. */
  median: number
  min: number
  max: number
  /** By processor time: what the evaluator would do on a machine of its own. */
  medianPerCpuSecond: number
}

/** Decisions per second on one thread, with contexts as callers have them and with normalised ones. */
export function measure({ rounds = 11, n = 44_000 } = {}): Measurement[] {
  return (['normalised', 'raw'] as const).map((form) => {
    const questions = workload(form)
    for (let warmup = 0; warmup < 3; warmup++) run(questions, n)
    const results = Array.from({ length: rounds }, () => run(questions, n))
    const byClock = results.map(({ perSecond }) => perSecond).toSorted((a, b) => a - b)
    return {
      name: `iam decide, ${form} context`,
      unit: 'decisions/s',
      n,
      rounds,
      median: middle(byClock),
      min: byClock[0]!,
      max: byClock.at(-1)!,
      medianPerCpuSecond: middle(results.map(({ perCpuSecond }) => perCpuSecond).toSorted((a, b) => a - b)),
    }
  })
}

function run(questions: readonly Question[], n: number): { perSecond: number; perCpuSecond: number } {
  const cpu = process.cpuUsage()
  const started = performance.now()
  for (let done = 0; done < n; done++) {
    const { request, policies } = questions[done % questions.length]!
    decide(request, policies)
  }
  const seconds = (performance.now() - started) / 1e3
  const { user, system } = process.cpuUsage(cpu)
  return { perSecond: Math.round(n / seconds), perCpuSecond: Math.round((n * 1e6) / (user + system)) }
}

function middle(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)]!
}
