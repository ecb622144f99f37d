import { randomUUID } from 'node:crypto'
import { decodeChunks, isChunked, verifyChunks } from '../wire/aws-chunked.ts'
import { commonError } from '../wire/common-errors.ts'
import { protocolOf, type Routed, routeRequest } from '../wire/decode-request.ts'
import { encodeAnswer, encodeError } from '../wire/encode-answer.ts'
import type { HttpAnswer, HttpRequest } from '../wire/http-message.ts'
import { loadModel, type Model } from '../wire/model.ts'
import { readSignature, verifySignature } from '../wire/sigv4.ts'
import { AwsError } from './aws-error.ts'
import type { CallFacts } from './call-context.ts'
import { findCredential } from './credentials.ts'
import type { Kernel } from './kernel.ts'
import type { CallOrigin } from './operation.ts'
import { paginate } from './paginate.ts'
import type { Principal } from './principal.ts'
import { rawDoor } from './raw-door.ts'
import type { Service } from './service.ts'

/** Who signed a request, and for which region. */
interface Caller {
  principal: Principal
  region: string
  origin: CallOrigin
}

/** STS operations whose callers have no AWS credentials yet (AWS STS API Reference). */
const unsignedActions = new Set(['AssumeRoleWithWebIdentity', 'AssumeRoleWithSAML'])
/** Bytes of a request; S3 is bound by the server alone. InvokeEndpoint takes 25 MB (SageMaker endpoints and quotas). */
const maxBody: Record<string, number> = { s3: Number.POSITIVE_INFINITY, 'runtime-sagemaker': 25 * 1024 * 1024 }
const defaultMaxBody = 6 * 1024 * 1024

/** One request from the wire to its answer. Never throws. */
export async function serve(kernel: Kernel, request: HttpRequest): Promise<HttpAnswer> {
  const requestId = randomUUID()
  let service: Service | undefined
  let model: Model | undefined
  let answer: HttpAnswer
  try {
    service = serviceOf(kernel, request)
    model = loadModel(service.model)
    answer =
      (await service.raw?.(request, rawDoor(kernel, service))) ??
      (await serveCall(kernel, service, model, request, requestId))
  } catch (caught) {
    answer = answerError(kernel, request, model, caught, requestId)
  }
  answer.headers['x-amzn-requestid'] ??= requestId
  if (model?.name === 's3') {
    answer.headers['x-amz-request-id'] ??= requestId
    answer.headers['x-amz-id-2'] ??= requestId
  }
  if (service?.decorate) await service.decorate(request, answer, rawDoor(kernel, service))
  return answer
}

async function serveCall(
  kernel: Kernel,
  service: Service,
  model: Model,
  request: HttpRequest,
  requestId: string,
): Promise<HttpAnswer> {
  const limit = maxBody[model.name] ?? defaultMaxBody
  if (request.rawBody.length > limit) throw commonError(model, 'tooLarge', `Request size exceeds ${limit} bytes.`)
  const caller = authenticate(kernel, model, request)
  const routed = routeRequest(model, request)
  if (caller.principal.type === 'anonymous' && model.name === 'sts' && !unsignedActions.has(routed.operation.name)) {
    throw commonError(model, 'missingAuthentication', 'Request is missing Authentication Token')
  }
  const target = kernel.target(service, routed.operation.name)
  const input = decodeInput(routed)
  const facts: CallFacts = {
    requestId,
    service,
    operation: routed.operation.name,
    region: caller.region,
    account: accountOf(caller.principal),
    principal: caller.principal,
    origin: caller.origin,
    userAgent: request.headers['user-agent'] ?? '-',
    calledVia: [],
    http: request,
  }
  const output = await kernel.run(target, facts, input)
  const page = paginate(model, routed.operation, input, output)
  return encodeAnswer(model, routed.protocol, routed.operation, page, requestId)
}

function decodeInput(routed: Routed): Record<string, unknown> {
  try {
    return routed.input()
  } catch (error) {
    if (error instanceof AwsError && error.code === 'SerializationException' && routed.protocol !== 'json') {
      throw commonError(routed.model, 'invalidInput', error.message)
    }
    throw error
  }
}

const accountOf = (principal: Principal) =>
  principal.type === 'anonymous' || principal.type === 'service' ? '' : principal.account

/** The service that a request is for: the credential scope says it, or the shape of an unsigned request. */
function serviceOf(kernel: Kernel, request: HttpRequest): Service {
  const name = scopeService(request) ?? unsignedService(request)
  const candidates = kernel.services.filter((service) => service.name === name)
  const named = request.headers['x-amz-target'] !== undefined
  const found =
    candidates.length > 1
      ? candidates.find((service) => loadModel(service.model).protocols.includes('json') === named)
      : candidates[0]
  if (found) return found
  throw new AwsError('NotImplemented', `The sandbox does not implement the service '${name}'.`, 501)
}

function scopeService(request: HttpRequest): string | undefined {
  const header = /Credential=[^,]*\/([\w-]+)\/aws4_request/.exec(request.headers.authorization ?? '')
  if (header) return header[1]
  return /\/([\w-]+)\/aws4_request$/.exec(request.query.get('X-Amz-Credential') ?? '')?.[1]
}

/** Target prefixes that do not start with the signing name, for requests that came without a signature. */
const targets: Record<string, string> = {
  TrentService: 'kms',
  AWSOrganizationsV20161128: 'organizations',
  AmazonSSM: 'ssm',
  AmazonSQS: 'sqs',
  AWSEvents: 'events',
  SageMaker: 'sagemaker',
  StarlingDoveService: 'config',
  AWSBudgetServiceGateway: 'budgets',
}

function unsignedService(request: HttpRequest): string {
  const target = request.headers['x-amz-target']?.split('.')[0]
  if (target !== undefined) return targets[target] ?? target.toLowerCase().replace(/_.*/, '')
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded')
  if (!form && !request.query.has('Action')) return 's3'
  const parameters = form ? new URLSearchParams(request.rawBody.toString('utf8')) : request.query
  return { '2010-05-08': 'iam', '2016-11-15': 'ec2' }[parameters.get('Version') ?? ''] ?? 'sts'
}

function authenticate(kernel: Kernel, model: Model, request: HttpRequest): Caller {
  const origin = { sourceIp: request.remoteAddress, secure: true }
  const claimed = readSignature(request, model)
  if (!claimed) {
    if (isChunked(request)) decodeChunks(request)
    if (model.name !== 's3' && model.name !== 'sts') {
      throw commonError(model, 'missingAuthentication', 'Missing Authentication Token')
    }
    return { principal: { type: 'anonymous' }, region: 'us-east-1', origin }
  }
  const credential = findCredential(kernel.store, claimed.accessKeyId)
  verifySignature(request, claimed, credential, model, kernel.clock().getTime())
  if (!credential)
    throw commonError(model, 'unknownAccessKey', 'The security token included in the request is invalid.')
  if (isChunked(request)) verifyChunks(request, decodeChunks(request), claimed, credential.secretAccessKey)
  return { principal: credential.principal, region: claimed.scope.region, origin: credential.origin ?? origin }
}

function answerError(
  kernel: Kernel,
  request: HttpRequest,
  model: Model | undefined,
  caught: unknown,
  requestId: string,
): HttpAnswer {
  if (!(caught instanceof AwsError)) {
    kernel.log.error({ method: request.method, path: request.path, error: caught }, 'serving a request')
  }
  const error =
    caught instanceof AwsError
      ? caught
      : new AwsError('InternalFailure', `The sandbox failed to serve the request: ${(caught as Error).message}`, 501)
  const protocol = model ? protocolOf(model, request) : request.headers['x-amz-target'] ? 'json' : undefined
  return encodeError(model, protocol, error, requestId)
}
