import type { AdvancedEventSelector, AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail'
import type { CallRecord } from '../../kernel/call-record.ts'
import type { TrailRow } from './state.ts'

/** What a trail logs until told otherwise: all management events, no data events. */
export const defaultSelectors: EventSelector[] = [
  { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
]

/** Whether a trail's selectors take a record; any one selector suffices. */
export function selects(trail: TrailRow, record: CallRecord): boolean {
  if (trail.advancedSelectors) return trail.advancedSelectors.some((one) => advancedSelects(one, record))
  return (trail.selectors ?? defaultSelectors).some((one) => basicSelects(one, record))
}

function basicSelects(selector: EventSelector, record: CallRecord): boolean {
  const kind = selector.ReadWriteType ?? 'All'
  if (kind !== 'All' && (kind === 'ReadOnly') !== record.readOnly) return false
  if (record.managementEvent)
    return (
      selector.IncludeManagementEvents !== false &&
      !selector.ExcludeManagementEventSources?.includes(record.eventSource)
    )
  return (selector.DataResources ?? []).some((wanted) =>
    dataResources(record).some(
      (resource) => resource.type === wanted.Type && wanted.Values?.some((value) => covers(value, resource.ARN)),
    ),
  )
}

/** `arn:aws:s3` (all buckets) and `arn:aws:s3:::bucket/prefix` are prefixes of what they cover. */
function covers(value: string, arn: string): boolean {
  return arn.startsWith(value)
}

function advancedSelects(selector: AdvancedEventSelector, record: CallRecord): boolean {
  const fields = selector.FieldSelectors ?? []
  if (record.managementEvent) return fields.every((field) => fieldMatches(field, fieldValue(record, field.Field ?? '')))
  return dataResources(record).some((resource) =>
    fields.every((field) => fieldMatches(field, fieldValue(record, field.Field ?? '', resource))),
  )
}

/** Several values of one operator are ORed; the negative operators must all hold (CloudTrail API, "AdvancedFieldSelector"). */
function fieldMatches(field: AdvancedFieldSelector, value: string): boolean {
  const positive: [string[] | undefined, (one: string) => boolean][] = [
    [field.Equals, (one) => value === one],
    [field.StartsWith, (one) => value.startsWith(one)],
    [field.EndsWith, (one) => value.endsWith(one)],
  ]
  const negative: [string[] | undefined, (one: string) => boolean][] = [
    [field.NotEquals, (one) => value === one],
    [field.NotStartsWith, (one) => value.startsWith(one)],
    [field.NotEndsWith, (one) => value.endsWith(one)],
  ]
  const given = positive.filter(([values]) => values?.length)
  const wanted = given.length === 0 || given.some(([values, test]) => values?.some(test))
  return wanted && negative.every(([values, test]) => !values?.some(test))
}

interface DataResource {
  ARN: string
  type: string
}

function fieldValue(record: CallRecord, field: string, resource?: DataResource): string {
  switch (field) {
    case 'eventCategory':
      return record.eventCategory
    case 'readOnly':
      return String(record.readOnly)
    case 'eventName':
      return record.eventName
    case 'eventSource':
      return record.eventSource
    case 'eventType':
      return record.eventType
    case 'userIdentity.arn':
      return String(record.userIdentity.arn ?? '')
    case 'resources.type':
      return resource?.type ?? ''
    case 'resources.ARN':
      return resource?.ARN ?? ''
    default:
      return ''
  }
}

/** Resource types of data events (CloudTrail User Guide, "Logging data events"). */
const dataTypes: [RegExp, string][] = [
  [/^arn:[^:]+:s3:::[^/]+\/./, 'AWS::S3::Object'],
  [/^arn:[^:]+:s3:::[^/]+$/, 'AWS::S3::Object'],
  [/^arn:[^:]+:sagemaker:[^:]+:\d+:endpoint\//, 'AWS::SageMaker::Endpoint'],
  [/^arn:[^:]+:sagemaker:[^:]+:\d+:feature-group\//, 'AWS::SageMaker::FeatureGroup'],
  [/^arn:[^:]+:sqs:/, 'AWS::SQS::Queue'],
  [/^arn:[^:]+:kms:/, 'AWS::KMS::Key'],
]

/** Resources of a data event with their types; a call on a bucket (ListObjects) counts as its objects' type. */
function dataResources(record: CallRecord): DataResource[] {
  return (record.resources ?? []).flatMap(({ ARN }) => {
    const type = dataTypes.find(([pattern]) => pattern.test(ARN))?.[1]
    if (!type) return []
    return [{ type, ARN: type === 'AWS::S3::Object' && !ARN.includes('/') ? `${ARN}/` : ARN }]
  })
}
