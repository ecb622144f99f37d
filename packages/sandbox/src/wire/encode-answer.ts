import type { AwsError } from '../kernel/aws-error.ts'
import { encodeCbor } from './cbor.ts'
import type { HttpAnswer } from './http-message.ts'
import { encodeJson } from './json.ts'
import type { Model, OperationModel, Shape } from './model.ts'
import type { Protocol } from './model-file.ts'
import { encodeRest } from './rest.ts'
import { encodeMembers, escapeXml } from './xml.ts'

type Output = Record<string, unknown>

/** Writes a handler's output in the protocol the request spoke. */
export function encodeAnswer(
  model: Model,
  protocol: Protocol,
  operation: OperationModel,
  output: Output,
  requestId: string,
): HttpAnswer {
  switch (protocol) {
    case 'json':
      return { ...ok(jsonType(model)), body: JSON.stringify(encodeJsonOutput(operation.output, output)) }
    case 'smithy-rpc-v2-cbor':
      return { status: 200, headers: cborHeaders, body: encodeCbor(operation.output, output) }
    case 'query':
      return { ...ok('text/xml'), body: queryBody(model, operation, output, requestId) }
    case 'ec2':
      return { ...ok('text/xml;charset=UTF-8'), body: ec2Body(model, operation, output, requestId) }
    default:
      return encodeRest(model, operation, output)
  }
}

const ok = (contentType: string) => ({ status: 200, headers: { 'content-type': contentType } })
const jsonType = (model: Model | undefined) => `application/x-amz-json-${model?.file.jsonVersion ?? '1.1'}`
const cborHeaders = { 'content-type': 'application/cbor', 'smithy-protocol': 'rpc-v2-cbor' }
const encodeJsonOutput = (shape: Shape | undefined, output: Output) => (shape ? encodeJson(shape, output) : {})

function queryBody(model: Model, operation: OperationModel, output: Output, requestId: string): string {
  const shape = operation.output
  const wrapper = operation.resultWrapper ?? `${operation.name}Result`
  const result = shape ? `<${wrapper}>${encodeMembers(shape.members.values(), output).body}</${wrapper}>` : ''
  const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`
  return `<${operation.name}Response xmlns="${model.file.xmlNamespace}">${result}${metadata}</${operation.name}Response>`
}

function ec2Body(model: Model, operation: OperationModel, output: Output, requestId: string): string {
  const shape = operation.output
  const body = shape ? encodeMembers(shape.members.values(), output).body : '<return>true</return>'
  const tag = `${operation.name}Response`
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${tag} xmlns="${model.file.xmlNamespace}"><requestId>${requestId}</requestId>${body}</${tag}>`
}

/** Codes of the query protocol for faults that JSON services name otherwise (awsQueryCompatible services). */
const queryCodes: Record<string, string> = {
  AccessDeniedException: 'AccessDenied',
  UnrecognizedClientException: 'InvalidClientTokenId',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  ExpiredTokenException: 'ExpiredToken',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  ThrottlingException: 'Throttling',
  UnknownOperationException: 'InvalidAction',
}

/** Writes an error in the protocol's envelope, with the model's status and wire code where it has them. */
export function encodeError(
  model: Model | undefined,
  protocol: Protocol | undefined,
  error: AwsError,
  requestId: string,
): HttpAnswer {
  const known = model ? modelled(model, error.code) : undefined
  const status = statusOf(protocol, known, error)
  const shapeName = known?.name ?? error.code
  const wireCode =
    known?.queryCode ?? (model?.file.queryCompatible ? (queryCodes[error.code] ?? error.code) : error.code)
  switch (protocol) {
    case 'json':
    case 'smithy-rpc-v2-cbor':
    case 'rest-json':
      return jsonError(model, protocol, error, status, shapeName, wireCode)
    case 'ec2':
      return xmlAnswer(
        status,
        `<?xml version="1.0" encoding="UTF-8"?>\n<Response><Errors><Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message></Error></Errors><RequestID>${requestId}</RequestID></Response>`,
      )
    case 'rest-xml':
    case undefined:
      return xmlAnswer(status, restXmlError(error, requestId))
    default:
      return xmlAnswer(status, queryError(model as Model, error, wireCode, status, requestId))
  }
}

/** The JSON protocols answer every client error that a model names with 400, whatever its trait says (KMS API Reference). */
function statusOf(protocol: Protocol | undefined, known: { status?: number | undefined } | undefined, error: AwsError) {
  const rpc = protocol === 'json' || protocol === 'smithy-rpc-v2-cbor'
  if (rpc && known) return known.status !== undefined && known.status >= 500 ? known.status : 400
  return known?.status ?? error.status
}

/** A handler may throw the shape's name (NoSuchEntityException) or its code on the wire (NoSuchEntity). */
function modelled(model: Model, code: string) {
  const direct = model.file.errors[code]
  if (direct) return { name: code, ...direct }
  const found = Object.entries(model.file.errors).find(([, error]) => error.queryCode === code)
  return found ? { name: found[0], ...found[1] } : undefined
}

function jsonError(
  model: Model | undefined,
  protocol: Protocol,
  error: AwsError,
  status: number,
  shapeName: string,
  wireCode: string,
): HttpAnswer {
  const headers: Record<string, string> = { 'x-amzn-errortype': shapeName }
  if (model?.file.queryCompatible) {
    headers['x-amzn-query-error'] = `${wireCode};${status < 500 ? 'Sender' : 'Receiver'}`
  }
  if (protocol === 'smithy-rpc-v2-cbor') {
    const body = cborError({ __type: shapeName, message: error.message })
    return { status, headers: { ...headers, ...cborHeaders }, body }
  }
  headers['content-type'] = protocol === 'json' ? jsonType(model) : 'application/json'
  const body = { __type: shapeName, message: error.message, Message: error.message, ...error.details }
  return { status, headers, body: JSON.stringify(body) }
}

const textShape = { type: 'string' } as Shape
const cborError = (fields: Record<string, string>) =>
  encodeCbor({ type: 'map', item: { shape: textShape } } as unknown as Shape, fields)

function queryError(model: Model, error: AwsError, code: string, status: number, requestId: string): string {
  const type = status < 500 ? 'Sender' : 'Receiver'
  return `<ErrorResponse xmlns="${model.file.xmlNamespace}"><Error><Type>${type}</Type><Code>${escapeXml(code)}</Code><Message>${escapeXml(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`
}

function restXmlError(error: AwsError, requestId: string): string {
  const details = Object.entries(error.details)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('')
  return `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>${details}<RequestId>${requestId}</RequestId><HostId>${requestId}</HostId></Error>`
}

const xmlAnswer = (status: number, body: string): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body,
})
