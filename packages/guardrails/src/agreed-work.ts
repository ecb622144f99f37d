import type { Ability } from '@uais/iam'
import { approvedInstanceTypes } from './controls/cost-1-limits.ts'
import { stays } from './invariant.ts'
import { bootstrapRoleArn, projectRoleArn, projectTag, sagemakerArn, trainingJobPrefix } from './names.ts'
import type { AccountParams, ProjectParams } from './params.ts'

/** A scientist, by Entra object id: the source identity of a Studio session. */
const scientist = '00000000-0000-4000-8000-000000000001'

/** From where the account's owner agreed that people come, as AWS tells it of a request; nothing where anywhere is. */
export function fromAgreedPlace({ approvedNetworks }: AccountParams): Record<string, string> {
  const { cidrs: [cidr] = [], vpcIds: [vpc] = [] } = approvedNetworks ?? {}
  if (vpc !== undefined) return { 'aws:SourceVpc': vpc }
  return cidr === undefined ? {} : { 'aws:SourceIp': cidr.split('/')[0]! }
}

/** Condition keys of a job that keeps every agreement, as SageMaker fills them. */
export const agreedJob = (params: AccountParams) => ({
  ...(params.network
    ? {
        'sagemaker:VpcSubnets': [...params.network.subnetIds],
        'sagemaker:VpcSecurityGroupIds': [...params.network.securityGroupIds],
      }
    : {}),
  ...(params.keyArn ? { 'sagemaker:VolumeKmsKeyArn': params.keyArn, 'sagemaker:OutputKmsKeyArn': params.keyArn } : {}),
  'sagemaker:NetworkIsolation': true,
  'sagemaker:InterContainerTrafficEncryption': true,
  'sagemaker:InstanceTypes': approvedInstanceTypes(params, 'jobs'),
  'sagemaker:MaxRuntimeInSeconds': 3600,
})

/** The main job of the product: what every control of a job must leave possible. */
export const trainingStays = (id: string, params: ProjectParams): Ability => {
  const { name } = params.project
  return stays(
    id,
    projectRoleArn(params, name, 'studio'),
    'sagemaker:CreateTrainingJob',
    sagemakerArn(params, `training-job/${trainingJobPrefix(name)}1`),
    {
      ...agreedJob(params),
      'aws:SourceIdentity': scientist,
      [`aws:RequestTag/${projectTag}`]: name,
      'aws:TagKeys': [projectTag, ...(params.requiredTags ?? [])],
      ...Object.fromEntries((params.requiredTags ?? []).map((key) => [`aws:RequestTag/${key}`, 'given'])),
    },
  )
}

/** The platform makes the model of a deployment, in the agreed network. */
export const modelStays = (id: string, params: AccountParams): Ability =>
  stays(id, bootstrapRoleArn(params, 'uais-provision'), 'sagemaker:CreateModel', sagemakerArn(params, 'model/uais-x'), {
    'sagemaker:VpcSubnets': [...(params.network?.subnetIds ?? ['subnet-0'])],
    'sagemaker:VpcSecurityGroupIds': [...(params.network?.securityGroupIds ?? ['sg-0'])],
    'sagemaker:NetworkIsolation': true,
    'aws:RequestTag/ManagedBy': 'UAIS',
    'aws:TagKeys': ['ManagedBy'],
  })
