import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { isPolicyFault, readResourcePolicy } from '../resource-policy.ts'
import { invalidAttribute } from './errors.ts'
import { messages, placeOfArn, type QueuePlace, type QueueRow, queueArn, queues } from './state.ts'

/** Amazon SQS API Reference, "SetQueueAttributes": [least, most, default]. */
const ranges: Record<string, [number, number, number]> = {
  DelaySeconds: [0, 900, 0],
  MaximumMessageSize: [1024, 1_048_576, 1_048_576],
  MessageRetentionPeriod: [60, 1_209_600, 345_600],
  ReceiveMessageWaitTimeSeconds: [0, 20, 0],
  VisibilityTimeout: [0, 43_200, 30],
}
const texts = ['Policy', 'RedrivePolicy', 'RedriveAllowPolicy', 'KmsMasterKeyId']
const settable = [...Object.keys(ranges), ...texts, 'KmsDataKeyReusePeriodSeconds', 'SqsManagedSseEnabled']
const derived = [
  'QueueArn',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
]

export function defaultAttributes(): Record<string, string> {
  const numbers = Object.entries(ranges).map(([name, [, , value]]) => [name, String(value)])
  return { ...Object.fromEntries(numbers), SqsManagedSseEnabled: 'true' }
}

/** The queue's attributes after a change; an empty text takes an attribute away. */
export function changedAttributes(
  old: Readonly<Record<string, string>>,
  change: Readonly<Record<string, string>>,
  place: QueuePlace,
  call: Call,
): Record<string, string> {
  const next = { ...old }
  for (const [name, value] of Object.entries(change)) {
    checkAttribute(name, value, place, call)
    if (value === '') delete next[name]
    else next[name] = value
  }
  // A KMS key replaces SQS's own encryption; taking the key away does not bring it back.
  if (change.KmsMasterKeyId) next.SqsManagedSseEnabled = 'false'
  if (change.SqsManagedSseEnabled === 'true' && !change.KmsMasterKeyId) delete next.KmsMasterKeyId
  if (next.KmsMasterKeyId) next.KmsDataKeyReusePeriodSeconds ??= '300'
  else delete next.KmsDataKeyReusePeriodSeconds
  return next
}

function checkAttribute(name: string, value: string, place: QueuePlace, call: Call): void {
  if (name === 'FifoQueue' || name === 'ContentBasedDeduplication')
    throw new AwsError(
      'UnsupportedOperation',
      'The sandbox has standard queues only: FIFO attributes are not supported.',
    )
  if (!settable.includes(name)) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${name}.`)
  if (value === '' && texts.includes(name)) return
  const range = name === 'KmsDataKeyReusePeriodSeconds' ? [60, 86_400] : ranges[name]
  if (range && !(/^\d+$/.test(value) && Number(value) >= range[0]! && Number(value) <= range[1]!))
    throw invalidAttribute(name, `Must be an integer from ${range[0]} to ${range[1]}.`)
  if (name === 'SqsManagedSseEnabled' && !/^(true|false)$/.test(value)) throw invalidAttribute(name)
  if (name === 'Policy') checkPolicy(value)
  if (name === 'RedrivePolicy') checkRedrive(value, place, call)
}

function checkPolicy(text: string): void {
  const result = readResourcePolicy(text)
  if (isPolicyFault(result)) throw invalidAttribute('Policy', result.reason)
}

export interface RedrivePolicy {
  deadLetterTargetArn: string
  maxReceiveCount: number
}

/** The dead-letter queue must exist in the same account (SQS Developer Guide, "Dead-letter queues"). */
function checkRedrive(text: string, place: QueuePlace, call: Call): void {
  const policy = readRedrive(text)
  if (!policy) throw invalidAttribute('RedrivePolicy', 'Redrive policy is not a valid JSON map.')
  if (!(policy.maxReceiveCount >= 1 && policy.maxReceiveCount <= 1000))
    throw invalidAttribute(
      'RedrivePolicy',
      `Invalid value for maxReceiveCount: ${policy.maxReceiveCount}, valid values are from 1 to 1000 both inclusive.`,
    )
  const target = placeOfArn(policy.deadLetterTargetArn)
  if (!target || target.account !== place.account || !queues(call, target.account).has(target.name))
    throw invalidAttribute('RedrivePolicy', 'Dead letter target does not exist.')
}

export function readRedrive(text: string | undefined): RedrivePolicy | undefined {
  if (!text) return undefined
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(text)
    return { deadLetterTargetArn: String(deadLetterTargetArn), maxReceiveCount: Number(maxReceiveCount) }
  } catch {
    return undefined
  }
}

/** Attributes by name, `All` for every one; names that SQS does not have are refused. */
export function attributesOf(
  row: QueueRow,
  place: QueuePlace,
  names: readonly string[],
  call: Call,
): Record<string, string> {
  const unknown = names.find((name) => name !== 'All' && !settable.includes(name) && !derived.includes(name))
  if (unknown) throw new AwsError('InvalidAttributeName', `Unknown Attribute ${unknown}.`)
  const all: Record<string, string> = { ...row.attributes, ...counts(place, call) }
  all.QueueArn = queueArn(call, place)
  all.CreatedTimestamp = seconds(row.created)
  all.LastModifiedTimestamp = seconds(row.modified)
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)))
}

function counts(place: QueuePlace, call: Call): Record<string, string> {
  const now = call.now.getTime()
  let [visible, inFlight, delayed] = [0, 0, 0]
  for (const message of messages(call, place).values()) {
    if (message.visibleAt <= now) visible++
    else if (message.receives > 0) inFlight++
    else delayed++
  }
  return {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
    ApproximateNumberOfMessagesDelayed: String(delayed),
  }
}

function seconds(iso: string): string {
  return String(Math.floor(Date.parse(iso) / 1000))
}
