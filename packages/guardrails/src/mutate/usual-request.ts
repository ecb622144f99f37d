import { type ContextValue, catalogueAction } from '@uais/iam'
import { agreedJob } from '../agreed-work.ts'
import { carries } from '../carried-keys.ts'
import { ec2Arn, sagemakerArn, trainingJobPrefix } from '../names.ts'
import type { ProjectParams } from '../params.ts'

export type Context = Record<string, ContextValue>

/** What a request that keeps every agreement carries, by condition key. */
function agreed(p: ProjectParams, sam: string): Context {
  return {
    ...agreedJob(p),
    'sagemaker:AppNetworkAccessType': 'VpcOnly',
    'sagemaker:DirectInternetAccess': 'Disabled',
    'sagemaker:RootAccess': 'Disabled',
    'sagemaker:MinimumInstanceMetadataServiceVersion': '2',
    'sagemaker:SpaceSharingType': 'Private',
    'sagemaker:OwnerUserProfileArn': sagemakerArn(p, `user-profile/${p.domainId}/${sam}`),
    'sagemaker:ModelArn': sagemakerArn(p, 'model/uais-x'),
    'sagemaker:ModelApprovalStatus': 'PendingManualApproval',
    'sagemaker:TaggingAction': 'CreateTrainingJob',
    'ec2:Vpc': ec2Arn(p, `vpc/${p.network.vpcId}`),
    'ec2:VpceServiceName': `com.amazonaws.${p.region}.s3`,
    'iam:PassedToService': 'sagemaker.amazonaws.com',
    'kms:ViaService': `s3.${p.region}.amazonaws.com`,
    'kms:GrantIsForAWSResource': true,
    'servicequotas:service': 'sagemaker',
    'cloudwatch:namespace': '/aws/sagemaker/TrainingJobs',
    ...Object.fromEntries((p.requiredTags ?? []).map((key) => [`aws:RequestTag/${key}`, 'given'])),
  }
}

/** The same, with only the keys that the action carries (Service Authorization Reference). */
export async function usualContext(p: ProjectParams, sam: string, action: string): Promise<Context> {
  const known = await catalogueAction(action)
  return Object.fromEntries(
    Object.entries(agreed(p, sam)).filter(([key]) => known !== undefined && carries(known, key)),
  )
}

/** A resource of the account that the action could be asked of; `*` where it has no resource type. */
export async function usualResource(p: ProjectParams, action: string): Promise<string> {
  const known = await catalogueAction(action)
  const arn = known?.resources.find(({ required }) => required)?.arn ?? known?.resources[0]?.arn
  if (!arn) return '*'
  const project = p.project.name
  const places: Record<string, string> = {
    ...{ Partition: p.partition, Region: p.region, Account: p.awsAccountId },
    ...{ DomainId: p.domainId, AppType: 'jupyterlab', TrainingJobName: `${trainingJobPrefix(project)}1` },
    ...{ VpcId: p.network.vpcId, SubnetId: p.network.subnetIds[0]! },
  }
  return arn.replace(/\$\{(\w+)\}/g, (_, name: string) => places[name] ?? 'x')
}
