import type { Call } from '../kernel/operation.ts'
import { imageUri } from '../ml/image-uri.ts'
import { placesOf } from './project.ts'
import { type StudioSession, startedJobs } from './state.ts'
import { StudioError } from './studio-error.ts'

/** What the form of the sample script gives. */
export interface TrainingForm {
  algorithm: 'linear-learner' | 'xgboost'
  /** S3 URIs of CSV files: label first, no header. */
  train: string
  validation: string
  task: 'binary' | 'multiclass' | 'regression'
  classes: number
}

const shownJobs = 10
const keptJobs = 100

const hyperParameters = {
  'linear-learner': {
    binary: () => ({ predictor_type: 'binary_classifier', epochs: '15' }),
    multiclass: (classes: number) => ({
      predictor_type: 'multiclass_classifier',
      num_classes: String(classes),
      epochs: '15',
    }),
    regression: () => ({ predictor_type: 'regressor' }),
  },
  xgboost: {
    binary: () => ({ objective: 'binary:logistic', num_round: '30', max_depth: '4', eta: '0.3' }),
    multiclass: (classes: number) => ({
      objective: 'multi:softprob',
      num_class: String(classes),
      num_round: '20',
      max_depth: '4',
      eta: '0.3',
    }),
    regression: () => ({ objective: 'reg:squarederror', num_round: '40', max_depth: '4', eta: '0.2' }),
  },
} as const

/** Starts the sample training job as the person's role, under the domain's network and key. @returns its name */
export async function train(call: Call, session: StudioSession, form: TrainingForm): Promise<string> {
  const places = placesOf(session)
  if (!places || !session.network)
    throw new StudioError(400, 'This profile belongs to no project, so there is no role to train with.')
  const TrainingJobName = `${places.project}--${call.now.toISOString().replace(/\D/g, '').slice(0, 14)}-${call.id(4)}`
  const channel = (ChannelName: string, S3Uri: string) => ({
    ChannelName,
    ContentType: 'text/csv',
    DataSource: { S3DataSource: { S3DataType: 'S3Prefix', S3Uri, S3DataDistributionType: 'FullyReplicated' } },
  })
  await call.invoke('sagemaker', 'CreateTrainingJob', {
    TrainingJobName,
    AlgorithmSpecification: { TrainingImage: imageUri(form.algorithm, session.region), TrainingInputMode: 'File' },
    RoleArn: places.trainingRoleArn,
    HyperParameters: hyperParameters[form.algorithm][form.task](form.classes),
    InputDataConfig: [
      channel('train', form.train),
      ...(form.validation ? [channel('validation', form.validation)] : []),
    ],
    OutputDataConfig: {
      S3OutputPath: `s3://${places.bucket}/${places.modelsPrefix}`,
      ...(session.kmsKeyId ? { KmsKeyId: session.kmsKeyId } : {}),
    },
    ResourceConfig: {
      InstanceType: 'ml.m5.large',
      InstanceCount: 1,
      VolumeSizeInGB: 10,
      ...(session.kmsKeyId ? { VolumeKmsKeyId: session.kmsKeyId } : {}),
    },
    VpcConfig: { Subnets: session.network.subnetIds, SecurityGroupIds: session.network.securityGroupIds },
    StoppingCondition: { MaxRuntimeInSeconds: 3600 },
    EnableNetworkIsolation: true,
    EnableInterContainerTrafficEncryption: true,
    Tags: [{ Key: 'uais:project', Value: places.project }],
  })
  const started = startedJobs(call)
  const names = started.get(session.userProfileArn)?.names ?? []
  started.put(session.userProfileArn, { names: [...names, TrainingJobName].slice(-keptJobs) })
  return TrainingJobName
}

export interface JobView {
  name: string
  status: string
  failure?: string | undefined
  createdAt: string
  metrics: { name: string; value: number }[]
}

interface TrainingJob {
  TrainingJobName: string
  TrainingJobStatus: string
  FailureReason?: string
  CreationTime: string
  FinalMetricDataList?: { MetricName: string; Value: number }[]
  AlgorithmSpecification: { TrainingImage: string }
  ModelArtifacts?: { S3ModelArtifacts: string }
}

/** The latest jobs that this person started here, with their metrics. */
export async function listJobs(call: Call, session: StudioSession): Promise<JobView[]> {
  const names = startedJobs(call).get(session.userProfileArn)?.names ?? []
  return Promise.all(
    names
      .slice(-shownJobs)
      .reverse()
      .map((name) => describe(call, name)),
  )
}

async function describe(call: Call, TrainingJobName: string): Promise<JobView> {
  const job = await call.invoke<TrainingJob>('sagemaker', 'DescribeTrainingJob', { TrainingJobName })
  return {
    name: job.TrainingJobName,
    status: job.TrainingJobStatus,
    failure: job.FailureReason,
    createdAt: new Date(job.CreationTime).toISOString(),
    metrics: (job.FinalMetricDataList ?? []).map(({ MetricName, Value }) => ({ name: MetricName, value: Value })),
  }
}

/** Publishes a finished job's model to the project's group, waiting for approval. @returns the package's ARN */
export async function register(call: Call, session: StudioSession, TrainingJobName: string): Promise<string> {
  const places = placesOf(session)
  if (!places) throw new StudioError(400, 'This profile belongs to no project, so there is no group to publish to.')
  const job = await call.invoke<TrainingJob>('sagemaker', 'DescribeTrainingJob', { TrainingJobName })
  const artifact = job.ModelArtifacts?.S3ModelArtifacts
  if (job.TrainingJobStatus !== 'Completed' || !artifact)
    throw new StudioError(409, `The job is ${job.TrainingJobStatus}; only a completed one has a model to publish.`)
  const { ModelPackageArn } = await call.invoke<{ ModelPackageArn: string }>('sagemaker', 'CreateModelPackage', {
    ModelPackageGroupName: places.modelPackageGroup,
    ModelPackageDescription: `Trained by ${TrainingJobName}`,
    ModelApprovalStatus: 'PendingManualApproval',
    InferenceSpecification: {
      Containers: [{ Image: job.AlgorithmSpecification.TrainingImage, ModelDataUrl: artifact }],
      SupportedContentTypes: ['text/csv', 'application/json'],
      SupportedResponseMIMETypes: ['text/csv', 'application/json'],
    },
    CustomerMetadataProperties: { trainingJobName: TrainingJobName },
  })
  return ModelPackageArn
}
