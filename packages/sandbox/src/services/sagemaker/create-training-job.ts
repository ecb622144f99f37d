import type { CreateTrainingJobRequest, CreateTrainingJobResponse } from '@aws-sdk/client-sagemaker'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call, CallOrigin } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import { builtInImage } from '../../ml/image-uri.ts'
import { onCreation } from './access.ts'
import { trainingJobKeys } from './condition-keys.ts'
import { resourceInUse, validation } from './errors.ts'
import { emitTrainingState } from './finish-training-job.ts'
import { recordTrainingInputs } from './lineage-of-training.ts'
import { demandVpc, s3Origin } from './network.ts'
import { assumeExecutionRole, passRole, sourceIdentityOf } from './pass-role.ts'
import { resourceArn, rows, type Stored } from './resource.ts'
import { runTrainingJob } from './run-training-job.ts'
import { listObjects, parseS3Uri } from './s3-objects.ts'
import { readyAt } from './settling.ts'
import { automaticTags } from './studio-session.ts'
import { createTags } from './tag-store.ts'
import { inSecondaryStatus, type TrainingJobRow, trainingJobs } from './training-kind.ts'
import { grantVolumeKey } from './volume-key.ts'

export const createTrainingJob = operation<CreateTrainingJobRequest, CreateTrainingJobResponse>({
  name: 'CreateTrainingJob',
  access: (input, call) => {
    const arn = resourceArn(trainingJobs, call, input.TrainingJobName ?? '')
    const context = trainingJobKeys(call, input)
    return [
      ...onCreation(call, { action: 'CreateTrainingJob', arn, tags: input.Tags, context }),
      ...passRole(call, input.RoleArn, arn),
    ]
  },
  handle: async (input, call) => {
    const name = input.TrainingJobName ?? ''
    const arn = resourceArn(trainingJobs, call, name)
    if (rows(trainingJobs, call).has(name))
      throw resourceInUse(
        `Training job names must be unique within an AWS account and region, and a training job with this name already exists (${arn})`,
      )
    checkRequest(input, call)
    const origin = s3Origin(call, input.VpcConfig)
    const session = await assumeExecutionRole(call, input.RoleArn ?? '', {
      sourceArn: arn,
      sourceIdentity: sourceIdentityOf(call.principal),
      ...(origin ? { origin } : {}),
    })
    await checkInputs(call, input, session, origin)
    const keyId = input.ResourceConfig?.VolumeKmsKeyId
    const grant = await grantVolumeKey(call, { keyId, roleArn: input.RoleArn ?? '', session })
    const row: TrainingJobRow = { ...newJob(input, call, arn), session, grant, ...(origin ? { origin } : {}) }
    rows(trainingJobs, call).put(name, row)
    createTags(call, arn, input.Tags, automaticTags(call))
    recordTrainingInputs(call, row)
    emitTrainingState(call, row)
    call.afterwards((later) => runTrainingJob(later, name))
    return { TrainingJobArn: arn }
  },
})

function newJob(input: CreateTrainingJobRequest, call: Call, arn: string): Omit<TrainingJobRow, 'session'> {
  const { Tags: _tags, ...settings } = input as Stored<CreateTrainingJobRequest>
  const now = call.now.toISOString()
  const job = {
    ...settings,
    TrainingJobArn: arn,
    TrainingJobStatus: 'InProgress' as const,
    SecondaryStatus: 'Starting' as const,
    SecondaryStatusTransitions: [],
    ModelArtifacts: undefined,
    StoppingCondition: { MaxRuntimeInSeconds: 86_400, ...settings.StoppingCondition },
    EnableNetworkIsolation: input.EnableNetworkIsolation ?? false,
    EnableInterContainerTrafficEncryption: input.EnableInterContainerTrafficEncryption ?? false,
    EnableManagedSpotTraining: input.EnableManagedSpotTraining ?? false,
    CreationTime: now,
    LastModifiedTime: now,
    runId: call.id(16),
    readyAt: readyAt(call),
  }
  return inSecondaryStatus(job as unknown as TrainingJobRow, 'Starting', call.now)
}

function checkRequest(input: CreateTrainingJobRequest, call: Call) {
  const image = input.AlgorithmSpecification?.TrainingImage
  if (!image) throw validation('AlgorithmSpecification.TrainingImage is required.')
  if (!builtInImage(image, call.region))
    throw new AwsError(
      'NotImplemented',
      `The sandbox trains with the built-in images of linear-learner and XGBoost in ${call.region}, and cannot run ${image}.`,
      501,
    )
  if (!input.ResourceConfig?.InstanceType) throw validation('ResourceConfig.InstanceType is required.')
  if (input.VpcConfig) demandVpc(call, input.VpcConfig)
  parseS3Uri(input.OutputDataConfig?.S3OutputPath ?? '')
  for (const channel of input.InputDataConfig ?? []) {
    if (!channel.DataSource?.S3DataSource)
      throw new AwsError('NotImplemented', 'The sandbox reads training data from S3 only.', 501)
    if (channel.ContentType && channel.ContentType.split(';')[0] !== 'text/csv')
      throw new AwsError('NotImplemented', `The sandbox trains on text/csv only, not on ${channel.ContentType}.`, 501)
  }
}

/** SageMaker looks, as the role, whether each channel has objects, and says so before the job starts. */
async function checkInputs(
  call: Call,
  input: CreateTrainingJobRequest,
  principal: Principal,
  origin: CallOrigin | undefined,
) {
  // No way to S3: the job starts and fails while it downloads, as in AWS.
  if (!origin) return
  for (const channel of input.InputDataConfig ?? []) {
    const uri = channel.DataSource?.S3DataSource?.S3Uri ?? ''
    const { bucket } = parseS3Uri(uri)
    let problem = ''
    const found = await listObjects(call, uri, { principal, origin }).catch((error: Error) => {
      problem = ` Error message from S3: ${error.message}`
      return []
    })
    if (found.length === 0)
      throw validation(
        `No S3 objects found under S3 URL "${uri}" given in input data source. Please ensure that the bucket exists in the selected region (${call.region}), that objects exist under that S3 prefix, and that the role "${input.RoleArn}" has "s3:ListBucket" permissions on bucket "${bucket}".${problem}`,
      )
  }
}
