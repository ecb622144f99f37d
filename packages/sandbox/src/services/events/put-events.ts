import { randomUUID } from 'node:crypto'
import type {
  PutEventsRequest,
  PutEventsRequestEntry,
  PutEventsResponse,
  PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onBus } from './access.ts'
import { isObject, type JsonObject } from './pattern-syntax.ts'
import { publish } from './publish.ts'
import { placeOf, requireBus } from './state.ts'

/** Each entry stands for itself: a faulty one is reported in its place and the others are taken. */
export const putEvents = operation<PutEventsRequest, PutEventsResponse>({
  name: 'PutEvents',
  event: 'data',
  sensitive: ['Entries'],
  access: (input, call) =>
    (input.Entries ?? []).map((entry) =>
      onBus('PutEvents', placeOf(entry.EventBusName, call), call, {
        'events:source': entry.Source,
        'events:detail-type': entry.DetailType,
      }),
    ),
  handle: (input, call) => {
    const size = (input.Entries ?? []).reduce((sum, entry) => sum + Buffer.byteLength(JSON.stringify(entry)), 0)
    if (size > 1_048_576)
      throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.')
    const Entries = (input.Entries ?? []).map((entry) => accept(entry, call))
    return { FailedEntryCount: Entries.filter((entry) => entry.ErrorCode).length, Entries }
  },
})

function accept(entry: PutEventsRequestEntry, call: Call): PutEventsResultEntry {
  const required = (['Source', 'DetailType', 'Detail'] as const).find((name) => !entry[name])
  if (required)
    return fault('InvalidArgument', `Parameter ${required} is not valid. Reason: ${required} is a required argument.`)
  if (/^aws\./.test(entry.Source as string) && !isForwarded(call))
    return fault('NotAuthorizedForSourceException', 'Not authorized for the source.')
  const detail = readDetail(entry.Detail as string)
  if (!detail) return fault('MalformedDetail', 'Detail is malformed.')
  const place = placeOf(entry.EventBusName, call)
  requireBus(call, place)
  const id = randomUUID()
  publish(call, place, {
    version: '0',
    id,
    'detail-type': entry.DetailType as string,
    source: entry.Source as string,
    account: call.account,
    time: new Date(entry.Time ?? call.now).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: call.region,
    resources: entry.Resources ?? [],
    detail,
  })
  return { EventId: id }
}

/** Events that EventBridge itself forwards from another bus may come from AWS services. */
function isForwarded({ principal }: Call): boolean {
  if (principal.type === 'service') return principal.service === 'events.amazonaws.com'
  return principal.type === 'role-session' && principal.invokedBy === 'events.amazonaws.com'
}

function fault(ErrorCode: string, ErrorMessage: string): PutEventsResultEntry {
  return { ErrorCode, ErrorMessage }
}

function readDetail(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text)
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}
