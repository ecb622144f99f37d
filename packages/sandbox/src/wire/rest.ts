import { AwsError } from '../kernel/aws-error.ts'
import type { HttpAnswer, HttpRequest } from './http-message.ts'
import { decodeJson, encodeJson, parseJson } from './json.ts'
import type { Member, Model, OperationModel, Shape } from './model.ts'
import type { RouteMatch } from './rest-routes.ts'
import { bytes, scalarFromText, scalarToText } from './scalar.ts'
import { decodeMembers, decodeXml, encodeMembers, encodeXml, escapeXml, parseXml } from './xml.ts'

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

/** Reads labels, query, headers and body of a REST request into the operation's input. */
export function decodeRest(model: Model, match: RouteMatch, request: HttpRequest): Record<string, unknown> {
  const shape = match.operation.input
  const out: Record<string, unknown> = {}
  if (!shape) return out
  const inBody: Member[] = []
  for (const member of shape.members.values()) {
    const value = bound(member, match.labels, request)
    if (value !== undefined) out[member.name] = value
    else if (member.name === shape.payload) decodePayload(model, member, request, out)
    else if (!member.location) inBody.push(member)
  }
  if (inBody.length > 0 && !shape.payload && request.body.length > 0) {
    if (isXml(model)) Object.assign(out, decodeMembers(inBody, parseXml(request.body.toString('utf8'))))
    else Object.assign(out, decodeJson(shape, parseJson(request.body), true))
  }
  return out
}

const isXml = (model: Model) => model.protocols.includes('rest-xml')

function bound(member: Member, labels: Record<string, string>, request: HttpRequest): unknown {
  const name = member.locationName ?? member.name
  switch (member.location) {
    case 'uri':
      return scalarFromText(member.shape, labels[name] as string)
    case 'querystring':
      return fromQuery(member, name, request.query)
    case 'header':
      return fromHeader(member, request.headers[name.toLowerCase()])
    case 'headers':
      return prefixed(request.headers, (member.locationName ?? '').toLowerCase())
    default:
      return undefined
  }
}

function fromQuery(member: Member, name: string, query: URLSearchParams): unknown {
  if (member.shape.type === 'map') return Object.fromEntries(query)
  const values = query.getAll(name)
  if (values.length === 0) return undefined
  const item = member.shape.item
  if (item) return values.map((value) => scalarFromText(item.shape, value))
  return scalarFromText(member.shape, values[0] as string, member.shape.timestampFormat ?? 'iso8601')
}

function fromHeader(member: Member, value: string | undefined): unknown {
  if (value === undefined) return undefined
  if (member.shape.item) return value.split(',').map((part) => part.trim())
  return scalarFromText(member.shape, value, member.shape.timestampFormat ?? 'rfc822')
}

function prefixed(headers: Record<string, string>, prefix: string): Record<string, string> | undefined {
  const found = Object.entries(headers).filter(([name]) => name.startsWith(prefix) && name !== prefix)
  if (found.length === 0) return undefined
  return Object.fromEntries(found.map(([name, value]) => [name.slice(prefix.length), value]))
}

function decodePayload(model: Model, member: Member, request: HttpRequest, out: Record<string, unknown>): void {
  const { shape } = member
  if (shape.type === 'blob') out[member.name] = request.body
  else if (request.body.length === 0) return
  else if (shape.type === 'string') out[member.name] = request.body.toString('utf8')
  else if (isXml(model)) out[member.name] = decodeXml(shape, expectRoot(member, request))
  else out[member.name] = decodeJson(shape, parseJson(request.body), true)
}

/** Clients differ in the root's name (`Delete`, `Tagging`, `LifecycleConfiguration`); the model's is demanded. */
function expectRoot(member: Member, request: HttpRequest) {
  const root = parseXml(request.body.toString('utf8'))
  const expected = member.locationName ?? member.shape.locationName ?? member.shape.name
  if (root.name !== expected) {
    throw new AwsError(
      'MalformedXML',
      'The XML you provided was not well-formed or did not validate against our published schema',
    )
  }
  return root
}

/** Writes a handler's output as status, headers and body. */
export function encodeRest(model: Model, operation: OperationModel, output: Record<string, unknown>): HttpAnswer {
  const answer: HttpAnswer = { status: operation.status ?? 200, headers: {}, body: '' }
  const shape = operation.output
  if (!shape) return answer
  let bodyMembers = 0
  for (const member of shape.members.values()) {
    const value = output[member.name]
    if (!member.location) bodyMembers++
    if (value === undefined || value === null) continue
    if (member.location === 'statusCode') answer.status = Number(value)
    else if (member.location === 'header') answer.headers[headerName(member)] = headerText(member, value)
    else if (member.location === 'headers') writePrefixed(answer, member, value as Record<string, string>)
    else if (member.name === shape.payload) encodePayload(model, member, value, answer)
  }
  // RFC 9110 section 15.3.7: an answer with Content-Range is partial content.
  if (output.ContentRange !== undefined) answer.status = 206
  if (!shape.payload && bodyMembers > 0) encodeBody(model, operation, shape, output, answer)
  return answer
}

const headerName = (member: Member) => (member.locationName ?? member.name).toLowerCase()

function headerText(member: Member, value: unknown): string {
  if (member.shape.type === 'list') return [...(value as unknown[])].join(',')
  return scalarToText(member, value, 'rfc822').replace(/[\r\n]/g, ' ')
}

function writePrefixed(answer: HttpAnswer, member: Member, values: Record<string, string>): void {
  for (const [key, value] of Object.entries(values)) {
    answer.headers[`${member.locationName ?? ''}${key}`.toLowerCase()] = String(value).replace(/[\r\n]/g, ' ')
  }
}

function encodePayload(model: Model, member: Member, value: unknown, answer: HttpAnswer): void {
  const { type } = member.shape
  if (type === 'blob' || type === 'string') {
    answer.body = type === 'blob' ? bytes(value) : String(value)
  } else if (isXml(model)) {
    const tag = member.locationName ?? member.shape.locationName ?? member.shape.name
    const namespaced = { ...member, xmlNamespace: member.xmlNamespace ?? namespaceOf(model) }
    answer.body = declaration + encodeXml(namespaced as Member, value, tag)
    answer.headers['content-type'] = 'application/xml'
  } else {
    answer.body = JSON.stringify(encodeJson(member.shape, value, true))
    answer.headers['content-type'] ??= 'application/json'
  }
}

function encodeBody(
  model: Model,
  operation: OperationModel,
  shape: Shape,
  output: Record<string, unknown>,
  answer: HttpAnswer,
): void {
  if (!isXml(model)) {
    const body = Object.fromEntries([...shape.members].filter(([, m]) => !m.location).map(([n]) => [n, output[n]]))
    answer.body = JSON.stringify(encodeJson(shape, body, true))
    answer.headers['content-type'] = 'application/json'
    return
  }
  const namespace = `xmlns="${model.file.xmlNamespace}"`
  answer.headers['content-type'] = 'application/xml'
  if (operation.name === 'GetBucketLocation') {
    // Amazon S3 API Reference, GetBucketLocation: the bare element is the answer, empty for us-east-1.
    const location = escapeXml(String(output.LocationConstraint ?? ''))
    answer.body = `${declaration}<LocationConstraint ${namespace}>${location}</LocationConstraint>`
    return
  }
  const tag = shape.locationName ?? `${operation.name}Result`
  const { attributes, body } = encodeMembers(shape.members.values(), output)
  answer.body = `${declaration}<${tag} ${namespace}${attributes}>${body}</${tag}>`
}

function namespaceOf(model: Model) {
  return model.file.xmlNamespace ? { uri: model.file.xmlNamespace } : undefined
}
