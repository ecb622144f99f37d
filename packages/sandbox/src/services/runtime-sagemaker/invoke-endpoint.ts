import type { InvokeEndpointInput, InvokeEndpointOutput } from '@aws-sdk/client-sagemaker-runtime'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { loadModel } from '../../ml/artifact.ts'
import { InferenceError, infer } from '../../ml/inference.ts'
import type { Model } from '../../ml/model.ts'
import { onResource } from '../sagemaker/access.ts'
import { type Deployed, type EndpointRow, endpoints } from '../sagemaker/model-kinds.ts'
import { resourceArn, rows } from '../sagemaker/resource.ts'
import { captureExchange } from './capture.ts'

/** Most models kept ready; they are small, and their bytes are on disk. */
const cacheSize = 20
const loaded = new Map<string, Promise<Model>>()

export const invokeEndpoint = operation<InvokeEndpointInput, InvokeEndpointOutput>({
  name: 'InvokeEndpoint',
  event: 'data',
  sensitive: ['Body'],
  access: (input, call) => [
    onResource(call, 'InvokeEndpoint', resourceArn(endpoints, call, input.EndpointName ?? ''), {
      'sagemaker:TargetModel': input.TargetModel,
    }),
  ],
  handle: async (input, call) => {
    const endpoint = endpointOf(input, call)
    const variant = variantOf(input, endpoint)
    const model = await modelOf(call, variant)
    const contentType = input.ContentType ?? 'text/csv'
    const body = Buffer.from(input.Body ?? []).toString('utf8')
    try {
      const answer = infer(model, contentType, input.Accept, body)
      captureExchange(call, endpoint, { ...variant, input: { contentType, body }, output: answer })
      return {
        Body: Buffer.from(answer.body) as unknown as NonNullable<InvokeEndpointOutput['Body']>,
        ContentType: answer.contentType,
        InvokedProductionVariant: variant.variantName,
      }
    } catch (error) {
      if (error instanceof InferenceError) throw modelError(input, call, error)
      throw error
    }
  },
})

function endpointOf(input: InvokeEndpointInput, call: Call): EndpointRow {
  const row = rows<EndpointRow>(endpoints, call).get(input.EndpointName ?? '')
  if (row && row.deployed.length > 0) return row
  throw new AwsError('ValidationError', `Endpoint ${input.EndpointName} of account ${call.account} not found.`, 400)
}

function variantOf({ EndpointName, TargetVariant }: InvokeEndpointInput, { deployed }: EndpointRow): Deployed {
  const variant = TargetVariant ? deployed.find((each) => each.variantName === TargetVariant) : deployed[0]
  if (variant) return variant
  throw new AwsError(
    'ValidationError',
    `Variant ${TargetVariant} not found for Request: endpoint ${EndpointName}.`,
    400,
  )
}

function modelOf(call: Call, { blob }: Deployed): Promise<Model> {
  const known = loaded.get(blob)
  if (known) return known
  if (loaded.size >= cacheSize) loaded.clear()
  const model = loadModel(call.blobs.get(blob))
  loaded.set(blob, model)
  return model
}

/** ModelError carries what the container said (SageMaker Runtime API Reference, InvokeEndpoint, Errors). */
function modelError(input: InvokeEndpointInput, call: Call, error: InferenceError): AwsError {
  const name = input.EndpointName
  const logGroup = `/aws/sagemaker/Endpoints/${name}`
  const where = `https://${call.region}.console.aws.amazon.com/cloudwatch/home?region=${call.region}#logEventViewer:group=${logGroup}`
  return new AwsError(
    'ModelError',
    `Received client error (${error.status}) from primary with message "${error.message}". See ${where} in account ${call.account} for more information.`,
    424,
    {
      OriginalStatusCode: error.status,
      OriginalMessage: error.message,
      LogStreamArn: `arn:${call.partition}:logs:${call.region}:${call.account}:log-group:${logGroup}`,
    },
  )
}
