import type { Event, LookupAttribute, LookupEventsRequest, LookupEventsResponse } from '@aws-sdk/client-cloudtrail'
import { AwsError } from '../../kernel/aws-error.ts'
import type { CallRecord } from '../../kernel/call-record.ts'
import { operation } from '../../kernel/operation.ts'
import { onAny } from './access.ts'
import { history } from './state.ts'

/** The region's event history, newest first. */
export const lookupEvents = operation<LookupEventsRequest, LookupEventsResponse>({
  name: 'LookupEvents',
  access: () => onAny('LookupEvents'),
  handle: (input, call) => {
    const from = input.StartTime ? input.StartTime.getTime() : 0
    const to = input.EndTime ? input.EndTime.getTime() : Number.POSITIVE_INFINITY
    if (from > to)
      throw new AwsError('InvalidTimeRangeException', 'The start time must not be later than the end time.')
    // One attribute only: AWS refuses more (CloudTrail API Reference, "LookupEvents").
    if ((input.LookupAttributes?.length ?? 0) > 1)
      throw new AwsError('InvalidLookupAttributesException', 'You can only specify one lookup attribute.')
    const [attribute] = input.LookupAttributes ?? []
    const found = [...history(call, call.account, call.region).values()].filter((record) => {
      const time = Date.parse(record.eventTime)
      return time >= from && time <= to && (!attribute || has(record, attribute))
    })
    return { Events: found.reverse().map(eventShape) }
  },
})

function has(record: CallRecord, attribute: LookupAttribute): boolean {
  const value = attribute.AttributeValue
  switch (attribute.AttributeKey) {
    case 'EventId':
      return record.eventID === value
    case 'EventName':
      return record.eventName === value
    case 'EventSource':
      return record.eventSource === value
    case 'ReadOnly':
      return String(record.readOnly) === value
    case 'Username':
      return userName(record) === value
    case 'AccessKeyId':
      return record.userIdentity.accessKeyId === value
    case 'ResourceName':
      return resources(record).some((resource) => resource.ResourceName === value || resource.arn === value)
    case 'ResourceType':
      return resources(record).some((resource) => resource.ResourceType === value)
    default:
      throw new AwsError('InvalidLookupAttributesException', `Unknown lookup attribute: ${attribute.AttributeKey}`)
  }
}

/** The session name for an assumed role, else the user's name. */
function userName(record: CallRecord): string | undefined {
  const { userIdentity } = record
  if (userIdentity.type === 'AssumedRole') return String(userIdentity.arn).split('/').at(-1)
  if (userIdentity.type === 'Root') return 'root'
  return (userIdentity.userName ?? userIdentity.invokedBy) as string | undefined
}

function resources(record: CallRecord) {
  return (record.resources ?? []).map(({ ARN, type }) => ({
    arn: ARN,
    ResourceName: ARN.split(/[:/]/).at(-1) ?? ARN,
    ResourceType: type,
  }))
}

function eventShape(record: CallRecord): Event {
  return {
    EventId: record.eventID,
    EventName: record.eventName,
    EventTime: new Date(record.eventTime),
    EventSource: record.eventSource,
    ReadOnly: String(record.readOnly),
    Username: userName(record),
    AccessKeyId: record.userIdentity.accessKeyId as string | undefined,
    Resources: resources(record).map(({ ResourceName, ResourceType }) => ({ ResourceName, ResourceType })),
    CloudTrailEvent: JSON.stringify(record),
  }
}
