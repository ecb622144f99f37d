import {
  DescribeEndpointCommand,
  DescribeEndpointConfigCommand,
  DescribeModelCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { orNone } from './aws-error.ts'
import type { AwsSession } from './session.ts'

/** What an endpoint serves right now, followed from the endpoint to the artifact. */
export interface LiveEndpoint {
  status: string
  failure: string | null
  arn: string
  configName: string
  modelName: string | null
  artifactUri: string | null
  image: string | null
}

export async function liveEndpoint(session: AwsSession, name: string): Promise<LiveEndpoint | undefined> {
  const sagemaker = session.client(SageMakerClient)
  const endpoint = await orNone(sagemaker.send(new DescribeEndpointCommand({ EndpointName: name })))
  if (!endpoint) return undefined
  const configName = endpoint.EndpointConfigName ?? ''
  const config = await orNone(sagemaker.send(new DescribeEndpointConfigCommand({ EndpointConfigName: configName })))
  const modelName = config?.ProductionVariants?.[0]?.ModelName ?? null
  const model = modelName ? await orNone(sagemaker.send(new DescribeModelCommand({ ModelName: modelName }))) : undefined
  const container = model?.PrimaryContainer ?? model?.Containers?.[0]
  return {
    status: endpoint.EndpointStatus ?? 'unknown',
    failure: endpoint.FailureReason ?? null,
    arn: endpoint.EndpointArn ?? '',
    configName,
    modelName,
    artifactUri: container?.ModelDataUrl ?? container?.ModelDataSource?.S3DataSource?.S3Uri ?? null,
    image: container?.Image ?? null,
  }
}
