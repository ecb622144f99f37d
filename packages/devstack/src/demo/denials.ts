import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import { AttachRolePolicyCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam'
import { DeleteBucketPolicyCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  AddTagsCommand,
  CreateTrainingJobCommand,
  DeleteDomainCommand,
  DeleteEndpointCommand,
  SageMakerClient,
  UpdateModelPackageCommand,
} from '@aws-sdk/client-sagemaker'
import { imageUri } from '@uais/sandbox'
import type { Studio } from './studio.ts'

export interface Denied {
  principal: string
  action: string
  resource: string
  code: string
  message: string
  /** The guardrail that stopped it, as the account's own CloudTrail names it; null where nothing allowed it in the first place. */
  control: string | null
}

export interface DenialSubjects {
  admin: Studio['config']
  studio: Studio
  account: string
  packageArn: string
  endpointName: string
  endpointArn: string
}

interface Attempt {
  principal: string
  action: string
  resource: string
  send: () => Promise<unknown>
}

/** Tries what nobody may do, as the account's administrator and as the scientist. @throws Error when one is let through */
export async function tryForbidden(subjects: DenialSubjects): Promise<Denied[]> {
  const denied: Denied[] = []
  for (const attempt of attempts(subjects)) denied.push(await refused(attempt, subjects.admin))
  return denied
}

async function refused({ principal, action, resource, send }: Attempt, admin: Studio['config']): Promise<Denied> {
  try {
    await send()
  } catch (error) {
    const { name, message, $metadata } = error as Error & { $metadata?: { requestId?: string } }
    if (!/AccessDenied|UnauthorizedOperation/.test(name))
      throw new Error(`${principal} tried ${action}: expected a denial, got ${name}: ${message}`)
    return {
      principal,
      action,
      resource,
      code: name,
      message,
      control: await controlOf($metadata?.requestId, action, admin),
    }
  }
  throw new Error(`${principal} was allowed ${action} on ${resource}: a guardrail does not hold`)
}

/** CloudTrail's record of the denied call names the statement that denied it. */
async function controlOf(
  requestId: string | undefined,
  action: string,
  admin: Studio['config'],
): Promise<string | null> {
  const EventName = action.split(':')[1] ?? ''
  const { Events = [] } = await new CloudTrailClient(admin).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: EventName }],
      MaxResults: 50,
    }),
  )
  for (const event of Events) {
    const record = JSON.parse(event.CloudTrailEvent ?? '{}') as {
      requestID?: string
      additionalEventData?: { control?: string; sid?: string }
    }
    if (record.requestID === requestId)
      return record.additionalEventData?.control ?? record.additionalEventData?.sid ?? null
  }
  return null
}

function attempts({ admin, studio, account, packageArn, endpointName, endpointArn }: DenialSubjects): Attempt[] {
  const { identity, config } = studio
  const domainArn = `arn:aws:sagemaker:${admin.region}:${account}:domain/${identity.domainId}`
  const roleName = identity.executionRoleArn.split('/').at(-1)
  const RoleName = roleName ?? ''
  const bucket = identity.places.bucket
  const asAdmin = { sagemaker: new SageMakerClient(admin), iam: new IAMClient(admin), s3: new S3Client(admin) }
  const asScientist = { sagemaker: new SageMakerClient(config), s3: new S3Client(config) }
  const somebodyElses = `projects/${identity.places.project}/users/00000000-0000-0000-0000-000000000000/notes.csv`
  return [
    {
      principal: 'admin',
      action: 'sagemaker:DeleteDomain',
      resource: domainArn,
      send: () => asAdmin.sagemaker.send(new DeleteDomainCommand({ DomainId: identity.domainId })),
    },
    {
      principal: 'admin',
      action: 'sagemaker:AddTags',
      resource: domainArn,
      send: () =>
        asAdmin.sagemaker.send(
          new AddTagsCommand({ ResourceArn: domainArn, Tags: [{ Key: 'ManagedBy', Value: 'me' }] }),
        ),
    },
    {
      principal: 'admin',
      action: 'sagemaker:DeleteEndpoint',
      resource: endpointArn,
      send: () => asAdmin.sagemaker.send(new DeleteEndpointCommand({ EndpointName: endpointName })),
    },
    {
      principal: 'admin',
      action: 'sagemaker:UpdateModelPackage',
      resource: packageArn,
      send: () =>
        asAdmin.sagemaker.send(
          new UpdateModelPackageCommand({ ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' }),
        ),
    },
    {
      principal: 'admin',
      action: 'iam:UpdateAssumeRolePolicy',
      resource: identity.executionRoleArn,
      send: () => asAdmin.iam.send(new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trustFor(account) })),
    },
    {
      principal: 'admin',
      action: 'iam:AttachRolePolicy',
      resource: identity.executionRoleArn,
      send: () =>
        asAdmin.iam.send(
          new AttachRolePolicyCommand({ RoleName, PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' }),
        ),
    },
    {
      principal: 'admin',
      action: 's3:DeleteBucketPolicy',
      resource: `arn:aws:s3:::${bucket}`,
      send: () => asAdmin.s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
    },
    {
      principal: 'scientist',
      action: 'sagemaker:UpdateModelPackage',
      resource: packageArn,
      send: () =>
        asScientist.sagemaker.send(
          new UpdateModelPackageCommand({ ModelPackageArn: packageArn, ModelApprovalStatus: 'Approved' }),
        ),
    },
    {
      principal: 'scientist',
      action: 'sagemaker:CreateTrainingJob',
      resource: `arn:aws:sagemaker:${admin.region}:${account}:training-job/${identity.places.project}--no-network`,
      send: () => asScientist.sagemaker.send(trainingWithoutNetwork(studio)),
    },
    {
      principal: 'scientist',
      action: 's3:GetObject',
      resource: `arn:aws:s3:::${bucket}/${somebodyElses}`,
      send: () => asScientist.s3.send(new GetObjectCommand({ Bucket: bucket, Key: somebodyElses })),
    },
  ]
}

function trainingWithoutNetwork({ identity, config }: Studio): CreateTrainingJobCommand {
  const { places, kmsKeyId } = identity
  return new CreateTrainingJobCommand({
    TrainingJobName: `${places.project}--no-network`,
    AlgorithmSpecification: { TrainingImage: imageUri('xgboost', config.region), TrainingInputMode: 'File' },
    RoleArn: places.trainingRoleArn,
    OutputDataConfig: { S3OutputPath: `s3://${places.bucket}/${places.modelsPrefix}`, KmsKeyId: kmsKeyId },
    ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10, VolumeKmsKeyId: kmsKeyId },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: true,
    Tags: [{ Key: 'uais:project', Value: places.project }],
  })
}

function trustFor(account: string): string {
  const Statement = [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' }]
  return JSON.stringify({ Version: '2012-10-17', Statement })
}
