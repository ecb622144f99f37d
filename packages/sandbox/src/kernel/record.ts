import { randomUUID } from 'node:crypto'
import type { Reason } from '@uais/iam'
import { accountOf } from '../authz/authorize.ts'
import { AccessDenied } from '../authz/denial.ts'
import type { OperationModel, Shape } from '../wire/model.ts'
import type { AwsError } from './aws-error.ts'
import type { CallContext } from './call-context.ts'
import type { CallRecord, DeniedBy } from './call-record.ts'
import type { Operation } from './operation.ts'
import { userIdentity } from './user-identity.ts'

type Values = Record<string, unknown>

/** Reads that change nothing and yet show their answer: whose credentials were given out (CloudTrail's AssumeRole events). */
const answersShown = /^(Assume|GetSessionToken)/
/** Services whose events CloudTrail shows in us-east-1 wherever they are called (CloudTrail User Guide, "Global services"). */
const globalServices = new Set(['iam', 'organizations', 'budgets'])
const readVerbs =
  /^(Get|List|Describe|Head|Lookup|BatchGet|Search|Query|Simulate|Select|Verify|Generate|Decrypt|Encrypt|ReEncrypt|Invoke|Test|Validate|Assume|Filter|Preview)/
const maxText = 4096

/**
 * The CloudTrail records of a call: one for the caller's account, and one for each other account whose resources
 * it reached (CloudTrail User Guide, "sharedEventID"), so that an owner sees what others do in his account.
 */
export function recordsOf(
  call: CallContext,
  model: OperationModel,
  operation: Operation | undefined,
  input: Values,
  outcome: { output?: Values | undefined; error?: AwsError | undefined },
): CallRecord[] {
  const { facts } = call
  const category = operation?.event === 'data' ? 'Data' : 'Management'
  const readOnly = readVerbs.test(model.name)
  const shown = !readOnly || answersShown.test(model.name)
  const record: CallRecord = {
    eventVersion: '1.11',
    userIdentity: userIdentity(facts.principal, facts.via),
    eventTime: call.now.toISOString().replace(/\.\d{3}Z$/, 'Z'),
    eventSource: `${facts.service.name}.amazonaws.com`,
    eventName: model.name,
    awsRegion: globalServices.has(facts.service.name) ? 'us-east-1' : facts.region,
    sourceIPAddress:
      facts.via ?? (facts.principal.type === 'service' ? facts.principal.service : facts.origin.sourceIp),
    userAgent: facts.userAgent,
    requestParameters: parametersOf(model.input, input, operation?.sensitive, facts.service.name),
    responseElements:
      !shown || !outcome.output ? null : parametersOf(model.output, outcome.output, operation?.sensitive, ''),
    requestID: facts.requestId,
    eventID: randomUUID(),
    readOnly,
    resources: resourcesOf(call),
    eventType: 'AwsApiCall',
    managementEvent: category === 'Management',
    eventCategory: category,
    recipientAccountId: accountOf(facts.principal) ?? facts.account,
  }
  if (facts.origin.vpcEndpointId) record.vpcEndpointId = facts.origin.vpcEndpointId
  if (outcome.error) addError(record, outcome.error)
  return shared(record)
}

function shared(record: CallRecord): CallRecord[] {
  const others = new Set((record.resources ?? []).map((r) => r.accountId ?? '').filter((id) => id !== ''))
  others.delete(record.recipientAccountId)
  const copies = [...others].map((account) => ({ ...record, eventID: randomUUID(), recipientAccountId: account }))
  // An anonymous caller has no account of his own to tell.
  return record.recipientAccountId === '' ? copies : [record, ...copies]
}

function addError(record: CallRecord, error: AwsError): void {
  const denied = error instanceof AccessDenied
  record.errorCode = denied
    ? record.eventSource.startsWith('ec2.')
      ? `Client.${error.code}`
      : 'AccessDenied'
    : error.code
  record.errorMessage = error.message
  if (denied) record.additionalEventData = { 'uais:deniedBy': error.decision.because.map(deniedBy) }
}

function deniedBy({ type, policy, statement, sid }: Reason): DeniedBy {
  // Where nothing allows there is no statement, and `policy` at most a level of the organization.
  return { type, ...(statement < 0 ? {} : { policy }), ...(sid === undefined ? {} : { sid }) }
}

const resourceTypes: [RegExp, string][] = [
  [/^arn:[^:]+:s3:::[^/]+\/.+/, 'AWS::S3::Object'],
  [/^arn:[^:]+:s3:::[^/]+$/, 'AWS::S3::Bucket'],
  [/^arn:[^:]+:kms:.*:key\//, 'AWS::KMS::Key'],
  [/^arn:[^:]+:iam:.*:role\//, 'AWS::IAM::Role'],
  [/^arn:[^:]+:secretsmanager:.*:secret:/, 'AWS::SecretsManager::Secret'],
  [/^arn:[^:]+:sqs:/, 'AWS::SQS::Queue'],
]

function resourcesOf(call: CallContext): NonNullable<CallRecord['resources']> {
  const seen = new Map<string, { ARN: string; accountId: string; type?: string }>()
  for (const check of call.checks) {
    if (check.resource === '*' || check.resource.endsWith('*')) continue
    const type = resourceTypes.find(([pattern]) => pattern.test(check.resource))?.[1]
    const accountId = check.resourceAccount ?? call.account
    seen.set(check.resource, { ARN: check.resource, accountId, ...(type ? { type } : {}) })
  }
  return [...seen.values()]
}

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS'

/** Parameters as CloudTrail writes them: names start in lower case, S3 says bucketName, secrets are hidden. */
function parametersOf(
  shape: Shape | undefined,
  values: Values,
  sensitive: readonly string[] | undefined,
  service: string,
): Values | null {
  const out: Values = {}
  for (const [name, member] of shape?.members ?? []) {
    const value = values[name]
    if (value === undefined || member.shape.type === 'blob') continue
    const key = service === 's3' && name === 'Bucket' ? 'bucketName' : lowerFirst(name)
    out[key] = sensitive?.includes(name) || member.shape.sensitive ? hidden : plain(member.shape, value)
  }
  return Object.keys(out).length > 0 ? out : null
}

const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1)

function plain(shape: Shape | undefined, value: unknown): unknown {
  if (shape?.sensitive) return hidden
  if (value instanceof Date) return value.toISOString()
  if (typeof value === 'string') return value.length > maxText ? value.slice(0, maxText) : value
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => plain(shape?.item?.shape, item))
  if (value instanceof Uint8Array) return hidden
  if (shape?.type === 'map') {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(shape.item?.shape, item)]))
  }
  const out: Values = {}
  for (const [name, member] of shape?.members ?? []) {
    const item = (value as Values)[name]
    if (item !== undefined && member.shape.type !== 'blob') out[lowerFirst(name)] = plain(member.shape, item)
  }
  return out
}
