import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3'
import {
  CreateModelPackageCommand,
  CreateTrainingJobCommand,
  DescribeTrainingJobCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { InvokeEndpointCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import type { Workspace } from '@uais/contract'
import { imageUri } from '@uais/sandbox'
import type { Person } from './person.ts'
import { until } from './wait.ts'

/** What the Studio page says of who one is there, and the keys of that session. */
export interface Studio {
  url: string
  identity: {
    domainId: string
    userProfileName: string
    executionRoleArn: string
    sourceIdentity: string | null
    network: { vpcId: string; subnetIds: string[]; securityGroupIds: string[] }
    kmsKeyId: string
    places: {
      project: string
      bucket: string
      modelsPrefix: string
      trainingRoleArn: string
      modelPackageGroup: string
    }
  }
  config: {
    region: string
    endpoint: string
    credentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string }
  }
}

/** Opens the workspace's link as a browser does and reads what the page shows. */
export async function openStudio(person: Person, workspace: Workspace): Promise<Studio> {
  const { url } = await person.client.call('workspaces.open', { params: { id: workspace.id }, body: {} })
  const entered = await fetch(url, { redirect: 'manual' })
  const cookie = entered.headers.getSetCookie()[0]?.split(';')[0]
  if (entered.status !== 303 || !cookie)
    throw new Error(`opening Studio: the link answered ${entered.status} ${await entered.text()}`)
  const read = async <T>(path: string): Promise<T> => {
    const answer = await fetch(new URL(`/_studio/api/${path}`, url), { headers: { cookie } })
    if (!answer.ok) throw new Error(`reading ${path} in Studio: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }
  const identity = await read<Studio['identity']>('identity')
  const { region, endpointUrl, accessKeyId, secretAccessKey, sessionToken } = await read<
    { region: string; endpointUrl: string } & Studio['config']['credentials']
  >('credentials')
  return {
    url,
    identity,
    config: { region, endpoint: endpointUrl, credentials: { accessKeyId, secretAccessKey, sessionToken } },
  }
}

/** Opens the person's own workspace in a project. */
export async function openStudioOf(person: Person, projectId: string): Promise<Studio> {
  const { items } = await person.client.call('workspaces.list', { params: { id: projectId }, query: { limit: 100 } })
  const own = items.find((workspace) => workspace.spec.memberOid === person.oid)
  if (!own) throw new Error(`opening Studio: ${person.name} has no workspace in the project`)
  return openStudio(person, own)
}

export interface Training {
  image: string
  job: string
  metrics: Record<string, number>
  artifactUri: string
  packageArn: string
}

/** The scientist's script: train on what the role may read, under the domain's network and key, then register the model. */
export async function trainAndRegister(
  { identity, config }: Studio,
  data: { train: string; validation: string },
): Promise<Training> {
  const sagemaker = new SageMakerClient(config)
  const { places, network, kmsKeyId } = identity
  const job = `${places.project}--${Date.now()}`
  const channel = (ChannelName: string, S3Uri: string) => ({
    ChannelName,
    ContentType: 'text/csv',
    DataSource: { S3DataSource: { S3DataType: 'S3Prefix' as const, S3Uri } },
  })
  await sagemaker.send(
    new CreateTrainingJobCommand({
      TrainingJobName: job,
      AlgorithmSpecification: { TrainingImage: imageUri('xgboost', config.region), TrainingInputMode: 'File' },
      HyperParameters: {
        objective: 'binary:logistic',
        num_round: '30',
        max_depth: '4',
        eta: '0.3',
        eval_metric: 'auc',
      },
      RoleArn: places.trainingRoleArn,
      InputDataConfig: [channel('train', data.train), channel('validation', data.validation)],
      OutputDataConfig: { S3OutputPath: `s3://${places.bucket}/${places.modelsPrefix}`, KmsKeyId: kmsKeyId },
      ResourceConfig: { InstanceType: 'ml.m5.large', InstanceCount: 1, VolumeSizeInGB: 10, VolumeKmsKeyId: kmsKeyId },
      VpcConfig: { Subnets: network.subnetIds, SecurityGroupIds: network.securityGroupIds },
      StoppingCondition: { MaxRuntimeInSeconds: 3600 },
      EnableNetworkIsolation: true,
      EnableInterContainerTrafficEncryption: true,
      Tags: [{ Key: 'uais:project', Value: places.project }],
    }),
  )
  const describe = () => sagemaker.send(new DescribeTrainingJobCommand({ TrainingJobName: job }))
  const ended = await until(
    'the training job',
    describe,
    (it) => it.TrainingJobStatus !== 'InProgress' && it.TrainingJobStatus !== 'Stopping',
  )
  const artifactUri = ended.ModelArtifacts?.S3ModelArtifacts
  if (ended.TrainingJobStatus !== 'Completed' || !artifactUri)
    throw new Error(`training: the job ended ${ended.TrainingJobStatus}: ${ended.FailureReason}`)
  const { ModelPackageArn: packageArn = '' } = await sagemaker.send(
    new CreateModelPackageCommand({
      ModelPackageGroupName: places.modelPackageGroup,
      ModelPackageDescription: `Trained by ${job}`,
      ModelApprovalStatus: 'PendingManualApproval',
      InferenceSpecification: {
        Containers: [{ Image: ended.AlgorithmSpecification?.TrainingImage ?? '', ModelDataUrl: artifactUri }],
        SupportedContentTypes: ['text/csv', 'application/json'],
        SupportedResponseMIMETypes: ['text/csv', 'application/json'],
      },
      CustomerMetadataProperties: { trainingJobName: job },
    }),
  )
  const metrics = Object.fromEntries(
    (ended.FinalMetricDataList ?? []).map(({ MetricName = '', Value = Number.NaN }) => [MetricName, Value]),
  )
  return { image: ended.AlgorithmSpecification?.TrainingImage ?? '', job, metrics, artifactUri, packageArn }
}

export async function readArtifact({ config }: Studio, uri: string): Promise<Uint8Array> {
  const { hostname, pathname } = new URL(uri)
  const { Body } = await new S3Client(config).send(
    new GetObjectCommand({ Bucket: hostname, Key: decodeURIComponent(pathname.slice(1)) }),
  )
  if (!Body) throw new Error(`reading ${uri}: the object has no body`)
  return Body.transformToByteArray()
}

/** One prediction over the wire. @returns the answer's text, as the endpoint sent it */
export async function invoke({ config }: Studio, EndpointName: string, csv: string): Promise<string> {
  const answer = await new SageMakerRuntimeClient(config).send(
    new InvokeEndpointCommand({ EndpointName, ContentType: 'text/csv', Accept: 'text/csv', Body: csv }),
  )
  return new TextDecoder().decode(answer.Body)
}
