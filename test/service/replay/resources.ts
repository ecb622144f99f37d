import { CreateSecurityGroupCommand, CreateSubnetCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2'
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms'
import * as s3 from '@aws-sdk/client-s3'
import * as sagemaker from '@aws-sdk/client-sagemaker'
import type { ProofResource } from '@uais/iam'
import { nameOf } from './principals.ts'
import { roleOfLab, trainingJob } from './sagemaker-requests.ts'
import type { ClientConfig } from './sign-in.ts'
import { document, region } from './statements.ts'

/** A network of the account, for requests that name one. */
export interface Network {
  vpcId: string
  subnetId: string
  securityGroupId: string
}

/** How each kind of resource is built; AWS's own id is returned where nobody can choose it. */
type Build = (resource: ProofResource, config: ClientConfig, network: Network) => Promise<string | undefined>

const tagsOf = ({ tags = {} }: ProofResource) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
const client = (config: ClientConfig) => new sagemaker.SageMakerClient(config)

const builds: Record<string, Build> = {
  's3:': async (resource, config) => {
    const { arn, resourcePolicy } = resource
    const [Bucket = '', ...key] = arn.split(':::')[1]!.split('/')
    const s3Client = new s3.S3Client(config)
    await s3Client.send(new s3.CreateBucketCommand({ Bucket })).catch(unless('BucketAlreadyOwnedByYou'))
    const TagSet = tagsOf(resource)
    if (TagSet.length) await s3Client.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }))
    const Policy = JSON.stringify(resourcePolicy)
    if (resourcePolicy) await s3Client.send(new s3.PutBucketPolicyCommand({ Bucket, Policy }))
    if (key.length) await s3Client.send(new s3.PutObjectCommand({ Bucket, Key: key.join('/'), Body: 'here' }))
    return undefined
  },
  'kms:key': async (resource, config) => {
    const { resourcePolicy } = resource
    const Tags = tagsOf(resource).map(({ Key, Value }) => ({ TagKey: Key, TagValue: Value }))
    const Policy = resourcePolicy
      ? { Policy: JSON.stringify(resourcePolicy), BypassPolicyLockoutSafetyCheck: true }
      : {}
    return (await new KMSClient(config).send(new CreateKeyCommand({ Tags, ...Policy }))).KeyMetadata?.KeyId
  },
  'sagemaker:model-package-group': async (resource, config) => {
    const create = { ModelPackageGroupName: nameOf(resource.arn), Tags: tagsOf(resource) }
    await client(config).send(new sagemaker.CreateModelPackageGroupCommand(create))
    return undefined
  },
  'sagemaker:notebook-instance': async (resource, config, { subnetId, securityGroupId }) => {
    const NotebookInstanceName = nameOf(resource.arn)
    const create = {
      ...({ NotebookInstanceName, InstanceType: 'ml.t3.medium', RoleArn: roleOfLab, Tags: tagsOf(resource) } as const),
      ...{ SubnetId: subnetId, SecurityGroupIds: [securityGroupId] },
    }
    await client(config).send(new sagemaker.CreateNotebookInstanceCommand(create))
    const wait = { client: client(config), maxWaitTime: 60, minDelay: 1, maxDelay: 1 }
    await sagemaker.waitUntilNotebookInstanceInService(wait, { NotebookInstanceName })
    return undefined
  },
  'sagemaker:training-job': async (resource, config) => {
    const create = { ...trainingJob(nameOf(resource.arn)), Tags: tagsOf(resource) }
    await client(config).send(new sagemaker.CreateTrainingJobCommand(create))
    return undefined
  },
  'sagemaker:endpoint': async (resource, config) => {
    const name = nameOf(resource.arn)
    const Image = trainingJob(name).AlgorithmSpecification?.TrainingImage
    const model = { ModelName: name, ExecutionRoleArn: roleOfLab, PrimaryContainer: { Image } }
    await client(config).send(new sagemaker.CreateModelCommand(model))
    const variant = { VariantName: 'a', ModelName: name, InstanceType: 'ml.m5.large', InitialInstanceCount: 1 } as const
    const settings = { EndpointConfigName: name, ProductionVariants: [variant] }
    await client(config).send(new sagemaker.CreateEndpointConfigCommand(settings))
    const endpoint = { EndpointName: name, EndpointConfigName: name, Tags: tagsOf(resource) }
    await client(config).send(new sagemaker.CreateEndpointCommand(endpoint))
    return undefined
  },
  'sagemaker:domain': async ({ role = roleOfLab }, config, { vpcId, subnetId, securityGroupId }) => {
    const create = {
      ...({ DomainName: 'replay', AuthMode: 'IAM', AppNetworkAccessType: 'VpcOnly', VpcId: vpcId } as const),
      ...{ SubnetIds: [subnetId] },
      DefaultUserSettings: { ExecutionRole: role, SecurityGroups: [securityGroupId] },
    }
    const { DomainArn = '' } = await client(config).send(new sagemaker.CreateDomainCommand(create))
    return nameOf(DomainArn)
  },
  'sagemaker:user-profile': async (resource, config) => {
    const [, DomainId, UserProfileName] = resource.arn.split('/')
    const create = { DomainId, UserProfileName, Tags: tagsOf(resource) }
    await client(config).send(new sagemaker.CreateUserProfileCommand(create))
    return undefined
  },
}

const unless = (name: string) => (error: Error) => {
  if (error.name !== name) throw error
}

/** @returns AWS's own id of it, where the name is not the caller's. @throws where the kind is not built here: nothing is passed over */
export async function makeResource(resource: ProofResource, config: ClientConfig, network: Network) {
  const [, , service, , , rest = ''] = resource.arn.split(':')
  const build = builds[`${service}:${service === 's3' ? '' : rest.split('/')[0]}`]
  if (!build) throw new Error(`building ${resource.arn}: resources.ts does not know this kind`)
  return build(resource, config, network)
}

/** What SageMaker's resources run as; it may do nothing. */
export async function makeLab(config: ClientConfig): Promise<Network> {
  const AssumeRolePolicyDocument = JSON.stringify(
    document([{ Effect: 'Allow', Principal: { Service: 'sagemaker.amazonaws.com' }, Action: 'sts:AssumeRole' }]),
  )
  await new IAMClient(config).send(new CreateRoleCommand({ RoleName: nameOf(roleOfLab), AssumeRolePolicyDocument }))
  const client = new EC2Client({ ...config, region })
  const { Vpc } = await client.send(new CreateVpcCommand({ CidrBlock: '10.9.0.0/16' }))
  const VpcId = Vpc?.VpcId
  const { Subnet } = await client.send(new CreateSubnetCommand({ VpcId, CidrBlock: '10.9.0.0/24' }))
  const group = new CreateSecurityGroupCommand({ VpcId, GroupName: 'replay', Description: 'replay' })
  const { GroupId = '' } = await client.send(group)
  return { vpcId: VpcId ?? '', subnetId: Subnet?.SubnetId ?? '', securityGroupId: GroupId }
}
