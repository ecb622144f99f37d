import type { ProofResource } from '@uais/iam'
import {
  boundaryArn,
  dataBucketArn,
  ec2Arn,
  endpointName,
  eventQueueArn,
  eventRulesArn,
  iamArn,
  keyArnPattern,
  logGroupArn,
  modelPackageGroupName,
  projectLogGroup,
  projectRoleArn,
  sagemakerArn,
  secretArn,
  secretsPath,
  trailArn,
  trailBucketArn,
} from '../names.ts'
import type { AccountParams, ProjectParams } from '../params.ts'
import { isProject } from '../statement.ts'
import { type Documents, documentIn } from './documents.ts'

/** Stand-ins for what AWS names when it is made, so that a first plan can be proved. */
const standIn = { domain: 'd-000000000000', key: '00000000-0000-4000-8000-000000000000' }
/** A member and their space: one stands for all, since policies know a person as a variable only. */
const member = '00000000-0000-4000-8000-000000000001'

/** What the stack `account` makes, tagged as Terraform tags it. */
function ofAccount(p: AccountParams, documents: Documents): ProofResource[] {
  const tags = { ManagedBy: 'UAIS', 'uais:account': p.accountName, 'uais:stack': `account/${p.accountName}` }
  const policy = (name: string) => ({ resourcePolicy: documentIn(documents[name]!) })
  const network = p.network
    ? [
        { arn: ec2Arn(p, `vpc/${p.network.vpcId}`), type: 'aws_vpc' },
        ...p.network.subnetIds.map((id) => ({ arn: ec2Arn(p, `subnet/${id}`), type: 'aws_subnet' })),
        ...p.network.securityGroupIds.map((id) => ({
          arn: ec2Arn(p, `security-group/${id}`),
          type: 'aws_security_group',
        })),
      ]
    : []
  const made: ProofResource[] = [
    { arn: dataBucketArn(p), type: 'aws_s3_bucket', ...policy('data-bucket') },
    { arn: trailBucketArn(p), type: 'aws_s3_bucket', ...policy('trail-bucket') },
    { arn: eventQueueArn(p), type: 'aws_sqs_queue', ...policy('event-queue') },
    {
      arn: p.keyArn ?? keyArnPattern(p).replace('*', standIn.key),
      type: 'aws_kms_key',
      ...policy('key'),
    },
    { arn: trailArn(p), type: 'aws_cloudtrail' },
    { arn: eventRulesArn(p).replace('*', 'changes'), type: 'aws_cloudwatch_event_rule' },
    { arn: ec2Arn(p, 'vpc-endpoint/vpce-00000000000000000'), type: 'aws_vpc_endpoint' },
    { arn: sagemakerArn(p, `domain/${p.domainId ?? standIn.domain}`), type: 'aws_sagemaker_domain' },
    { arn: boundaryArn(p), type: 'aws_iam_policy' },
    { arn: iamArn(p, p.awsAccountId, 'policy/uais/uais-read'), type: 'aws_iam_policy' },
    ...network,
  ]
  return made.map((resource) => ({ ...resource, tags }))
}

/** What a project has, and the work of one member in it. Compute carries the role that it runs as. */
function ofProject(p: ProjectParams): ProofResource[] {
  const { name } = p.project
  const tags = {
    ManagedBy: 'UAIS',
    'uais:account': p.accountName,
    'uais:project': name,
    'uais:stack': `project/${p.accountName}/${name}`,
  }
  const [studio, training, inference] = (['studio', 'training', 'inference'] as const).map((role) =>
    projectRoleArn(p, name, role),
  )
  const endpoint = endpointName(name, 'live')
  const made: ProofResource[] = [
    { arn: sagemakerArn(p, `user-profile/${p.domainId}/${member}`), type: 'aws_sagemaker_user_profile', role: studio },
    { arn: sagemakerArn(p, `space/${p.domainId}/${name}-${member}`), type: 'aws_sagemaker_space', role: studio },
    {
      arn: sagemakerArn(p, `model-package-group/${modelPackageGroupName(name)}`),
      type: 'aws_sagemaker_model_package_group',
    },
    { arn: sagemakerArn(p, `model/${endpoint}-00000000`), type: 'aws_sagemaker_model', role: inference },
    { arn: sagemakerArn(p, `endpoint-config/${endpoint}-00000000`), type: 'aws_sagemaker_endpoint_configuration' },
    { arn: sagemakerArn(p, `endpoint/${endpoint}`), type: 'aws_sagemaker_endpoint', role: inference },
    { arn: logGroupArn(p, projectLogGroup(name)), type: 'aws_cloudwatch_log_group' },
    { arn: secretArn(p, `${secretsPath(name)}shared/source-AbCdEf`), type: 'aws_secretsmanager_secret' },
  ]
  return [
    ...made.map((resource) => ({ ...resource, tags })),
    // People make jobs, so nobody but the project's tag says whose they are.
    {
      arn: sagemakerArn(p, `training-job/${name}--1`),
      type: 'training job',
      tags: { 'uais:project': name },
      role: training,
    },
  ]
}

/** Everything of ours in the account, as the stacks leave it. */
export const resourcesOf = (p: AccountParams | ProjectParams, documents: Documents): ProofResource[] => [
  ...ofAccount(p, documents),
  ...(isProject(p) ? ofProject(p) : []),
]
