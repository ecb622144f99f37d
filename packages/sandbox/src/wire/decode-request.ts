import { AwsError } from '../kernel/aws-error.ts'
import { decodeCbor, parseCbor } from './cbor.ts'
import { commonError } from './common-errors.ts'
import type { HttpRequest } from './http-message.ts'
import { decodeJson, parseJson } from './json.ts'
import type { Model, OperationModel } from './model.ts'
import type { Protocol } from './model-file.ts'
import { decodeQuery } from './query.ts'
import { decodeRest } from './rest.ts'
import { matchRoute, virtualHostBucket } from './rest-routes.ts'

/** What a request asks for: the operation, how it is written, and how to read its input once it is believed. */
export interface Routed {
  model: Model
  protocol: Protocol
  operation: OperationModel
  input(): Record<string, unknown>
}

/** Which protocol a request speaks; services that have several are told apart by their headers. */
export function protocolOf(model: Model, request: HttpRequest): Protocol {
  if (request.headers['smithy-protocol'] === 'rpc-v2-cbor') return 'smithy-rpc-v2-cbor'
  if (request.headers['x-amz-target'] !== undefined) return 'json'
  if (model.protocols.length === 1) return model.protocols[0] as Protocol
  return model.protocols.find((p) => p === 'query') ?? (model.protocols[0] as Protocol)
}

export function routeRequest(model: Model, request: HttpRequest): Routed {
  const protocol = protocolOf(model, request)
  switch (protocol) {
    case 'smithy-rpc-v2-cbor': {
      const operation = find(model, request.path.split('/').pop())
      return routed(model, protocol, operation, () => decodeCbor(operation.input, parseCbor(request.body)) ?? {})
    }
    case 'json': {
      const operation = find(model, request.headers['x-amz-target']?.split('.').pop())
      const { input } = operation
      return routed(model, protocol, operation, () => (input ? decodeJson(input, parseJson(request.body)) : {}))
    }
    case 'query':
    case 'ec2': {
      const parameters = request.method === 'POST' ? formOf(request) : request.query
      const operation = find(model, parameters.get('Action') ?? undefined)
      return routed(model, protocol, operation, () => decodeQuery(operation.input, parameters, protocol === 'ec2'))
    }
    default:
      return routeRest(model, protocol, request)
  }
}

function routeRest(model: Model, protocol: Protocol, request: HttpRequest): Routed {
  const bucket = model.name === 's3' ? virtualHostBucket(request.headers.host) : undefined
  const path = bucket === undefined ? request.path : `/${bucket}${request.path}`
  let match: ReturnType<typeof matchRoute>
  try {
    match = matchRoute(model, request, path)
  } catch (error) {
    if (error instanceof URIError) throw new AwsError('InvalidURI', "Couldn't parse the specified URI.", 400)
    throw error
  }
  if (!match) {
    const message = 'The specified method is not allowed against this resource.'
    throw commonError(model, 'unknownOperation', message, { Method: request.method })
  }
  const found = match
  return routed(model, protocol, match.operation, () => decodeRest(model, found, request))
}

const formOf = (request: HttpRequest) => new URLSearchParams(request.body.toString('utf8'))

function find(model: Model, name: string | undefined): OperationModel {
  if (name === undefined) throw commonError(model, 'missingAction', missingAction(model))
  const operation = model.operations.get(name)
  if (operation) return operation
  const message = model.protocols.includes('ec2')
    ? `The action ${name} is not valid for this web service.`
    : `Could not find operation ${name} for version ${model.file.apiVersion}`
  throw commonError(model, 'unknownOperation', message)
}

/** "Common Errors" of the IAM API Reference; "Error codes for the Amazon EC2 API". */
function missingAction(model: Model): string {
  const missing = model.protocols.includes('ec2')
    ? 'an action or operation parameter'
    : 'an action or a required parameter'
  return `The request is missing ${missing}.`
}

function routed(model: Model, protocol: Protocol, operation: OperationModel, input: () => unknown): Routed {
  return { model, protocol, operation, input: input as Routed['input'] }
}
