import * as iam from '@aws-sdk/client-iam'
import * as s3 from '@aws-sdk/client-s3'
import * as sagemaker from '@aws-sdk/client-sagemaker'
import * as sts from '@aws-sdk/client-sts'
import type { ProofRequest } from '@uais/iam'
import { document, labRole } from './corpus.ts'

/** What every SDK client is made with. */
export interface ClientConfig {
  endpoint: string
  region: string
  credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
  forcePathStyle: true
  maxAttempts: number
}

/** A network of the account, for requests that name one. */
export interface Network {
  subnetId: string
  securityGroupId: string
}

type Call = (config: ClientConfig, request: ProofRequest, network: Network) => Promise<unknown>

const nameOf = ({ resource }: ProofRequest): string => resource.split(/[:/]/).at(-1) ?? ''
const present = ({ context }: ProofRequest, key: string): boolean =>
  Object.keys(context).some((given) => given.toLowerCase() === key.toLowerCase())
const pathOf = ({ resource }: ProofRequest): string =>
  `/${
    resource
      .split(':role/')[1]
      ?.split('/')
      .slice(0, -1)
      .map((part) => `${part}/`)
      .join('') ?? ''
  }`
const trust = (principal: string) =>
  JSON.stringify(
    document([{ Effect: 'Allow', Principal: { AWS: principal }, Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'] }]),
  )
const everything = JSON.stringify(document([{ Effect: 'Allow', Action: '*', Resource: '*' }]))

/** How an abstract request is sent by the SDK: its resource becomes the name, its context the parameters. */
export const calls: Record<string, Call> = {
  'iam:CreateRole': (config, request) =>
    new iam.IAMClient(config).send(
      new iam.CreateRoleCommand({
        RoleName: nameOf(request),
        Path: pathOf(request),
        AssumeRolePolicyDocument: trust(request.principal),
      }),
    ),
  'iam:PutRolePolicy': (config, request) =>
    new iam.IAMClient(config).send(
      new iam.PutRolePolicyCommand({ RoleName: nameOf(request), PolicyName: 'all', PolicyDocument: everything }),
    ),
  'iam:UpdateAssumeRolePolicy': (config, request) =>
    new iam.IAMClient(config).send(
      new iam.UpdateAssumeRolePolicyCommand({ RoleName: nameOf(request), PolicyDocument: trust(request.principal) }),
    ),
  'sts:AssumeRole': (config, request) =>
    new sts.STSClient(config).send(new sts.AssumeRoleCommand({ RoleArn: request.resource, RoleSessionName: 'replay' })),
  's3:ListBucket': (config, request) =>
    new s3.S3Client(config).send(
      new s3.ListObjectsV2Command({
        Bucket: nameOf(request),
        ...(present(request, 's3:prefix') ? { Prefix: String(request.context['s3:prefix']) } : {}),
      }),
    ),
  'sagemaker:AddTags': (config, request) =>
    new sagemaker.SageMakerClient(config).send(
      new sagemaker.AddTagsCommand({ ResourceArn: request.resource, Tags: [{ Key: 'ManagedBy', Value: 'me' }] }),
    ),
  'sagemaker:CreateNotebookInstance': (config, request, { subnetId, securityGroupId }) =>
    new sagemaker.SageMakerClient(config).send(
      new sagemaker.CreateNotebookInstanceCommand({
        NotebookInstanceName: nameOf(request),
        InstanceType: 'ml.t3.medium',
        RoleArn: labRole,
        ...(present(request, 'sagemaker:VpcSubnets') ? { SubnetId: subnetId } : {}),
        ...(present(request, 'sagemaker:VpcSecurityGroupIds') ? { SecurityGroupIds: [securityGroupId] } : {}),
      }),
    ),
  'sagemaker:CreatePresignedNotebookInstanceUrl': (config, request) =>
    new sagemaker.SageMakerClient(config).send(
      new sagemaker.CreatePresignedNotebookInstanceUrlCommand({ NotebookInstanceName: nameOf(request) }),
    ),
  'sagemaker:DeleteModelPackageGroup': (config, request) =>
    new sagemaker.SageMakerClient(config).send(
      new sagemaker.DeleteModelPackageGroupCommand({ ModelPackageGroupName: nameOf(request) }),
    ),
  'sagemaker:StopNotebookInstance': (config, request) =>
    new sagemaker.SageMakerClient(config).send(
      new sagemaker.StopNotebookInstanceCommand({ NotebookInstanceName: nameOf(request) }),
    ),
}
