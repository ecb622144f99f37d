import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail'
import type { AccountEvent } from './event-queue.ts'
import type { AwsSession } from './session.ts'

/**
 * Region in which a partition's global services (IAM first of all) record their calls, wherever they were made from
 * (AWS CloudTrail User Guide, "Global service events"; IAM User Guide, "Logging IAM and AWS STS API calls").
 */
export const globalEventsRegion = (partition: string): string =>
  ({ 'aws-us-gov': 'us-gov-west-1', 'aws-cn': 'cn-north-1', 'aws-eusc': 'eusc-de-east-1' })[partition] ?? 'us-east-1'

/**
 * The changes that one service recorded in the session's region since `from`, oldest first, in the form in which
 * EventBridge would bring them. Event history holds 90 days, and shows a call some minutes after it was made
 * (AWS CloudTrail User Guide, "Working with CloudTrail Event history").
 */
export async function changesSince(
  session: AwsSession,
  eventSource: string,
  from: Date,
  signal: AbortSignal,
): Promise<AccountEvent[]> {
  const cloudtrail = session.client(CloudTrailClient)
  const found: AccountEvent[] = []
  for (let token: string | undefined; ; ) {
    // One attribute is all that LookupEvents takes, so reads are left out here.
    const page = await cloudtrail.send(
      new LookupEventsCommand({
        StartTime: from,
        LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: eventSource }],
        MaxResults: 50,
        ...(token ? { NextToken: token } : {}),
      }),
      { abortSignal: signal },
    )
    for (const { CloudTrailEvent: text } of page.Events ?? []) {
      const event = text ? eventFrom(text) : undefined
      if (event) found.push(event)
    }
    token = page.NextToken
    if (!token) return found.reverse()
  }
}

/** The last change by a call of that form to one thing, by its name, that the session's region remembers. */
export async function lastChangeOf(
  session: AwsSession,
  resourceName: string,
  calls: RegExp,
): Promise<AccountEvent | undefined> {
  const { Events } = await session.client(CloudTrailClient).send(
    new LookupEventsCommand({
      LookupAttributes: [{ AttributeKey: 'ResourceName', AttributeValue: resourceName }],
      MaxResults: 50,
    }),
  )
  // Newest first (AWS CloudTrail API Reference, "LookupEvents").
  for (const { CloudTrailEvent: text } of Events ?? []) {
    const event = text ? eventFrom(text) : undefined
    if (event && event.detail.errorCode === undefined && calls.test(String(event.detail.eventName))) return event
  }
  return undefined
}

/** @returns undefined for what changes nothing, and for what is no record */
function eventFrom(text: string): AccountEvent | undefined {
  const record = parsed(text)
  if (!record || record.readOnly === true || record.readOnly === 'true') return undefined
  const { eventID, eventSource, recipientAccountId, eventTime } = record
  if (![eventID, eventSource, recipientAccountId, eventTime].every((value) => typeof value === 'string'))
    return undefined
  return {
    id: eventID as string,
    source: `aws.${(eventSource as string).split('.')[0]}`,
    'detail-type': 'AWS API Call via CloudTrail',
    account: recipientAccountId as string,
    time: eventTime as string,
    detail: record,
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return undefined
  }
}
