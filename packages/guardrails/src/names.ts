import { createHash } from 'node:crypto'
import type { AccountParams } from './params.ts'

/** Names and ARNs that policies, Terraform and the server agree on. */

export const managedTag = { key: 'ManagedBy', value: 'UAIS' } as const
export const projectTag = 'uais:project'

type Place = Pick<AccountParams, 'partition' | 'awsAccountId' | 'region'>

export const dataBucketName = (p: Place) => `uais-data-${p.awsAccountId}-${p.region}`
export const trailBucketName = (p: Place) => `uais-trail-${p.awsAccountId}-${p.region}`
export const bucketArn = (p: Place, bucket: string) => `arn:${p.partition}:s3:::${bucket}`
export const dataBucketArn = (p: Place) => bucketArn(p, dataBucketName(p))
export const trailBucketArn = (p: Place) => bucketArn(p, trailBucketName(p))

export const iamArn = (p: Pick<Place, 'partition'>, account: string, path: string) =>
  `arn:${p.partition}:iam::${account}:${path}`
export const rootArn = (p: Place) => iamArn(p, p.awsAccountId, 'root')
/** In the management account: AWS Budgets stops an account through it. */
export const budgetStopRoleName = 'uais-budget-stop'
export const budgetStopRoleArn = (p: Pick<Place, 'partition'>, managementAccountId: string) =>
  iamArn(p, managementAccountId, `role/uais/${budgetStopRoleName}`)
/** Tag of the policies that AWS Budgets may attach. */
export const budgetStopTag = { key: 'uais:purpose', value: 'budget-stop' } as const
export const boundaryName = 'uais-boundary'
export const boundaryArn = (p: Place) => iamArn(p, p.awsAccountId, `policy/uais/${boundaryName}`)

export type BootstrapRole = 'uais-provision' | 'uais-mint' | 'uais-audit' | 'uais-teardown'
export const bootstrapRoleArn = (p: Place, role: BootstrapRole) => iamArn(p, p.awsAccountId, `role/uais/${role}`)
/** Everything on the path is ours; the path is protected by IMM-2, so the pattern cannot be claimed by others. */
export const projectRolesArn = (p: Place) => iamArn(p, p.awsAccountId, 'role/uais/projects/*')
/** Roles that SageMaker needs before there is a project; they may do nothing. */
export const serviceRolesArn = (p: Place) => iamArn(p, p.awsAccountId, 'role/uais/service/*')

export type ProjectRole = 'studio' | 'training' | 'inference'
export const projectRoleName = (project: string, role: ProjectRole) => `uais-${project}-${role}`
export const projectRoleArn = (p: Place, project: string, role: ProjectRole) =>
  iamArn(p, p.awsAccountId, `role/uais/projects/${projectRoleName(project, role)}`)

export const workerRoleArn = (p: { partition: string; platformAccountId: string }) =>
  iamArn(p, p.platformAccountId, 'role/uais-worker')
export const apiRoleArn = (p: { partition: string; platformAccountId: string }) =>
  iamArn(p, p.platformAccountId, 'role/uais-api')

const regional = (p: Place, service: string, rest: string) =>
  `arn:${p.partition}:${service}:${p.region}:${p.awsAccountId}:${rest}`
export const sagemakerArn = (p: Place, rest: string) => regional(p, 'sagemaker', rest)
export const logGroupArn = (p: Place, group: string) => regional(p, 'logs', `log-group:${group}`)
export const secretArn = (p: Place, path: string) => regional(p, 'secretsmanager', `secret:${path}`)
export const keyArnPattern = (p: Place) => regional(p, 'kms', 'key/*')
export const aliasArn = (p: Place) => regional(p, 'kms', 'alias/uais*')
export const trailArn = (p: Place) => regional(p, 'cloudtrail', 'trail/uais')
export const eventRulesArn = (p: Place) => regional(p, 'events', 'rule/uais-*')
export const eventQueueArn = (p: Place) => regional(p, 'sqs', 'uais-events')
/** Name of the connection to Splunk, of its destination, and of the role by which EventBridge sends. */
export const splunkName = 'uais-splunk'
/** AWS adds an id to both names, once they exist; one that is made is asked for at the destination and its connection. */
export const apiDestinationArns = (p: Place) =>
  ['api-destination', 'connection'].flatMap((kind) =>
    ['', '/*'].map((end) => regional(p, 'events', `${kind}/${splunkName}${end}`)),
  )
export const splunkRoleArn = (p: Place) => iamArn(p, p.awsAccountId, `role/service-role/${splunkName}`)
export const configRulesArn = (p: Place) => regional(p, 'config', 'config-rule/*')
export const ec2Arn = (p: Place, rest: string) => regional(p, 'ec2', rest)

export const projectPrefix = (project: string) => `projects/${project}/`
export const uploadPrefix = (project: string, source: string) => `projects/${project}/data/${source}/`
export const modelPackageGroupName = (project: string) => `uais-${project}`
/**
 * Two hyphens, because a project's name cannot hold two in a row: the jobs of `fraud` are never mistaken for those
 * of `fraud-eu`. Log streams carry no tags, so the name is what keeps one project from another's logs.
 */
export const trainingJobPrefix = (project: string) => `${project}--`
export const secretsPath = (project: string) => `uais/${project}/`
export const projectLogGroup = (project: string) => `/uais/projects/${project}`

/** SageMaker takes 63 characters, and models and configurations add a dash and eight digits of their content. */
const endpointNameLimit = 54

export function endpointName(project: string, deployment: string): string {
  const name = `uais-${project}--${deployment}`
  if (name.length <= endpointNameLimit) return name
  const digest = createHash('sha256').update(deployment).digest('hex').slice(0, 6)
  return `${name.slice(0, endpointNameLimit - 7).replace(/-$/, '')}-${digest}`
}
