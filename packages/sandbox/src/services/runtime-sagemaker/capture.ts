import { randomUUID } from 'node:crypto'
import type { Call } from '../../kernel/operation.ts'
import { type EndpointRow, endpointConfigs, models } from '../sagemaker/model-kinds.ts'
import { s3Origin } from '../sagemaker/network.ts'
import { assumeExecutionRole } from '../sagemaker/pass-role.ts'
import { rows } from '../sagemaker/resource.ts'
import { parseS3Uri } from '../sagemaker/s3-objects.ts'

/** What was asked and answered. */
export interface Exchange {
  variantName: string
  modelName: string
  input: { contentType: string; body: string }
  output: { contentType: string; body: string }
}

/**
 * Keeps an exchange where the endpoint's configuration wants it, as the model's execution role (SageMaker AI
 * Developer Guide, "Data capture"). A role that may not write there loses the capture, not the answer.
 */
export function captureExchange(call: Call, endpoint: EndpointRow, exchange: Exchange) {
  const config = rows(endpointConfigs, call).get(endpoint.EndpointConfigName)?.DataCaptureConfig
  const percent = config?.InitialSamplingPercentage ?? 0
  if (!config?.EnableCapture || Math.random() * 100 >= percent) return
  const roleArn = rows(models, call).get(exchange.modelName)?.ExecutionRoleArn ?? ''
  const vpc = rows(models, call).get(exchange.modelName)?.VpcConfig
  const modes = new Set(config.CaptureOptions?.map((option) => option.CaptureMode))
  const line = captureLine(exchange, modes, call.now)
  const { bucket, key } = parseS3Uri(config.DestinationS3Uri ?? '')
  const encryption = config.KmsKeyId ? { ServerSideEncryption: 'aws:kms', SSEKMSKeyId: config.KmsKeyId } : {}
  const Key = [key.replace(/\/$/, ''), endpoint.EndpointName, exchange.variantName, timePath(call.now)].join('/')
  call.afterwards(async (later) => {
    const principal = await assumeExecutionRole(later, roleArn, { sourceArn: endpoint.EndpointArn ?? '' })
    const origin = s3Origin(later, vpc)
    const input = { Bucket: bucket, Key, Body: Buffer.from(line), ContentType: 'application/jsonlines', ...encryption }
    await later.invoke('s3', 'PutObject', input, { principal, ...(origin ? { origin } : {}) }).catch(() => undefined)
  })
}

function captureLine({ input, output }: Exchange, modes: ReadonlySet<string | undefined>, now: Date): string {
  const side = (mode: string, { contentType, body }: Exchange['input']) => ({
    observedContentType: contentType,
    mode,
    data: body,
    encoding: contentType.includes('json') ? 'JSON' : 'CSV',
  })
  const captureData = {
    ...(modes.has('Input') || modes.has('InputAndOutput') ? { endpointInput: side('INPUT', input) } : {}),
    ...(modes.has('Output') || modes.has('InputAndOutput') ? { endpointOutput: side('OUTPUT', output) } : {}),
  }
  const eventMetadata = { eventId: randomUUID(), inferenceTime: now.toISOString().replace(/\.\d+Z$/, 'Z') }
  return `${JSON.stringify({ captureData, eventMetadata, eventVersion: '0' })}\n`
}

/** `yyyy/mm/dd/hh/mm-ss-mmm-<uuid>.jsonl` */
function timePath(now: Date): string {
  const [date = '', time = ''] = now.toISOString().replace('Z', '').split('T')
  const [hour, ...rest] = time.split(/[:.]/)
  return `${date.replaceAll('-', '/')}/${hour}/${rest.join('-')}-${randomUUID()}.jsonl`
}
