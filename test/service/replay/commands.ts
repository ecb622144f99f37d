import * as kms from '@aws-sdk/client-kms'
import * as s3 from '@aws-sdk/client-s3'
import * as sagemaker from '@aws-sdk/client-sagemaker'
import type { ProofRequest } from '@uais/iam'
import { iamCommands } from './iam-commands.ts'
import { nameOf } from './principals.ts'
import { roleOfLab, trainingJob } from './sagemaker-requests.ts'
import { type Call, type Client, contextOf, type Parameters } from './scene.ts'

/** One row: a client and a command of the SDK, and its parameters. */
const using =
  (client: new (config: never) => unknown) =>
  <Command>(make: new (input: never) => Command, parameters: Parameters): Call =>
  (config, request, scene) =>
    (new client(config as never) as Client).send(new make(parameters(request, scene) as never))

const inS3 = using(s3.S3Client)
const inKms = using(kms.KMSClient)
const inSageMaker = using(sagemaker.SageMakerClient)

const named = (parameter: string) => (request: ProofRequest) => ({ [parameter]: nameOf(request.resource) })
const key = (request: ProofRequest) => ({ KeyId: nameOf(request.resource) })
function object({ resource }: ProofRequest) {
  const [Bucket = '', ...path] = resource.split(':::')[1]!.split('/')
  return { Bucket, Key: path.join('/') }
}

/** An AddTags without tags is one without the key; where it does not matter which, the platform's is overwritten. */
function tagKeysOf({ context }: ProofRequest, without: readonly string[]): string[] {
  if (without.includes('aws:TagKeys')) return []
  return [context['aws:TagKeys'] ?? 'ManagedBy'].flat().map(String)
}

/** How each action of the corpus is sent: one row each. */
export const commands: Record<string, Call> = {
  ...iamCommands,
  'kms:Decrypt': async (config, request) => {
    const client = new kms.KMSClient(config)
    const encrypt = new kms.EncryptCommand({ ...key(request), Plaintext: new Uint8Array([1]) })
    const { CiphertextBlob } = await client.send(encrypt)
    return client.send(new kms.DecryptCommand({ ...key(request), CiphertextBlob }))
  },
  'kms:ScheduleKeyDeletion': inKms(kms.ScheduleKeyDeletionCommand, key),
  's3:DeleteBucket': inS3(s3.DeleteBucketCommand, named('Bucket')),
  's3:GetObject': inS3(s3.GetObjectCommand, object),
  's3:ListAllMyBuckets': inS3(s3.ListBucketsCommand, () => ({})),
  's3:ListBucket': inS3(s3.ListObjectsV2Command, (request) => ({
    ...named('Bucket')(request),
    Prefix: contextOf(request, 's3:prefix'),
  })),
  's3:PutObject': inS3(s3.PutObjectCommand, (request) => ({
    ...{ ...object(request), Body: 'taken' },
    ServerSideEncryption: contextOf(request, 's3:x-amz-server-side-encryption'),
  })),
  'sagemaker:AddTags': inSageMaker(sagemaker.AddTagsCommand, (request, { without }) => ({
    ResourceArn: request.resource,
    Tags: tagKeysOf(request, without).map((Key) => ({ Key, Value: 'me' })),
  })),
  'sagemaker:CreateModel': inSageMaker(sagemaker.CreateModelCommand, (request) => ({
    ...named('ModelName')(request),
    PrimaryContainer: { Image: trainingJob('').AlgorithmSpecification?.TrainingImage },
  })),
  'sagemaker:CreateNotebookInstance': inSageMaker(
    sagemaker.CreateNotebookInstanceCommand,
    (request, { network: { subnetId, securityGroupId } }) => ({
      ...named('NotebookInstanceName')(request),
      ...{ InstanceType: 'ml.t3.medium', RoleArn: roleOfLab },
      ...(contextOf(request, 'sagemaker:VpcSubnets') ? { SubnetId: subnetId } : {}),
      ...(contextOf(request, 'sagemaker:VpcSecurityGroupIds') ? { SecurityGroupIds: [securityGroupId] } : {}),
    }),
  ),
  'sagemaker:CreatePresignedDomainUrl': inSageMaker(sagemaker.CreatePresignedDomainUrlCommand, ({ resource }) => {
    const [, DomainId, UserProfileName] = resource.split('/')
    return { DomainId, UserProfileName }
  }),
  'sagemaker:CreatePresignedNotebookInstanceUrl': inSageMaker(
    sagemaker.CreatePresignedNotebookInstanceUrlCommand,
    named('NotebookInstanceName'),
  ),
  'sagemaker:CreateTrainingJob': inSageMaker(sagemaker.CreateTrainingJobCommand, (request) =>
    trainingJob(nameOf(request.resource), Number(contextOf(request, 'sagemaker:MaxRuntimeInSeconds') ?? 600)),
  ),
  'sagemaker:DeleteEndpoint': inSageMaker(sagemaker.DeleteEndpointCommand, named('EndpointName')),
  'sagemaker:DeleteModelPackageGroup': inSageMaker(
    sagemaker.DeleteModelPackageGroupCommand,
    named('ModelPackageGroupName'),
  ),
  'sagemaker:ListModels': inSageMaker(sagemaker.ListModelsCommand, () => ({})),
  'sagemaker:StopNotebookInstance': inSageMaker(sagemaker.StopNotebookInstanceCommand, named('NotebookInstanceName')),
  'sagemaker:StopTrainingJob': inSageMaker(sagemaker.StopTrainingJobCommand, named('TrainingJobName')),
}
