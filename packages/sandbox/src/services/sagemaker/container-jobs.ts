import type {
  AutoMLSecurityConfig,
  CreateAutoMLJobRequest,
  CreateAutoMLJobV2Request,
  CreateProcessingJobRequest,
  CreateTransformJobRequest,
  Tag,
} from '@aws-sdk/client-sagemaker'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, type Operation, operation } from '../../kernel/operation.ts'
import { onCreation } from './access.ts'
import { keyArn, listKey, vpcKeys } from './condition-keys.ts'
import { models } from './model-kinds.ts'
import { passRole } from './pass-role.ts'
import { arnOf, resourceArn } from './resource.ts'

/** What a policy sees of the creation of a job. */
interface Job {
  /** Resource part of the ARN. */
  path: string
  roleArn?: string | undefined
  keys: NonNullable<AccessCheck['context']>
}

/**
 * A job that takes a container of the caller's. IAM decides about it as in AWS, so that guardrails can be tried; what
 * is allowed is then refused by the sandbox itself, which runs no containers.
 */
function containerJob<Input extends { Tags?: Tag[] | undefined }>(
  action: string,
  jobOf: (input: Input, call: Call) => Job,
): Operation<Input, never> {
  return operation<Input, never>({
    name: action,
    access: (input, call) => {
      const { path, roleArn, keys } = jobOf(input, call)
      const arn = arnOf(call, path)
      return [...onCreation(call, { action, arn, tags: input.Tags, context: keys }), ...passRole(call, roleArn, arn)]
    },
    handle: () => {
      const message = `The sandbox decides whether sagemaker:${action} is allowed, and this call is; it runs no containers.`
      throw new AwsError('NotImplemented', message, 501)
    },
  })
}

/** The keys of this file: Service Authorization Reference, "Actions defined by Amazon SageMaker AI". */
export const createProcessingJob = containerJob<CreateProcessingJobRequest>('CreateProcessingJob', (input, call) => ({
  path: `processing-job/${input.ProcessingJobName?.toLowerCase()}`,
  roleArn: input.RoleArn,
  keys: {
    ...vpcKeys(input.NetworkConfig?.VpcConfig),
    'sagemaker:VolumeKmsKeyArn': keyArn(call, input.ProcessingResources?.ClusterConfig?.VolumeKmsKeyId),
    'sagemaker:OutputKmsKeyArn': keyArn(call, input.ProcessingOutputConfig?.KmsKeyId),
    'sagemaker:NetworkIsolation': input.NetworkConfig?.EnableNetworkIsolation ?? false,
    'sagemaker:InterContainerTrafficEncryption': input.NetworkConfig?.EnableInterContainerTrafficEncryption ?? false,
    ...listKey('sagemaker:InstanceTypes', [input.ProcessingResources?.ClusterConfig?.InstanceType]),
    'sagemaker:MaxRuntimeInSeconds': input.StoppingCondition?.MaxRuntimeInSeconds,
  },
}))

const autoMlKeys = (call: Call, security: AutoMLSecurityConfig | undefined, outputKey: string | undefined) => ({
  ...vpcKeys(security?.VpcConfig),
  'sagemaker:VolumeKmsKeyArn': keyArn(call, security?.VolumeKmsKeyId),
  'sagemaker:OutputKmsKeyArn': keyArn(call, outputKey),
  'sagemaker:InterContainerTrafficEncryption': security?.EnableInterContainerTrafficEncryption ?? false,
})

export const createAutoMLJob = containerJob<CreateAutoMLJobRequest>('CreateAutoMLJob', (input, call) => ({
  path: `automl-job/${input.AutoMLJobName?.toLowerCase()}`,
  roleArn: input.RoleArn,
  keys: autoMlKeys(call, input.AutoMLJobConfig?.SecurityConfig, input.OutputDataConfig?.KmsKeyId),
}))

export const createAutoMLJobV2 = containerJob<CreateAutoMLJobV2Request>('CreateAutoMLJobV2', (input, call) => ({
  path: `automl-job/${input.AutoMLJobName?.toLowerCase()}`,
  roleArn: input.RoleArn,
  keys: autoMlKeys(call, input.SecurityConfig, input.OutputDataConfig?.KmsKeyId),
}))

export const createTransformJob = containerJob<CreateTransformJobRequest>('CreateTransformJob', (input, call) => ({
  path: `transform-job/${input.TransformJobName?.toLowerCase()}`,
  keys: {
    'sagemaker:ModelArn': resourceArn(models, call, input.ModelName ?? ''),
    'sagemaker:VolumeKmsKeyArn': keyArn(call, input.TransformResources?.VolumeKmsKeyId),
    'sagemaker:OutputKmsKeyArn': keyArn(call, input.TransformOutput?.KmsKeyId),
    ...listKey('sagemaker:InstanceTypes', [input.TransformResources?.InstanceType]),
  },
}))
