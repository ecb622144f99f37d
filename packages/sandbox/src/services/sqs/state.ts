import type { MessageAttributeValue } from '@aws-sdk/client-sqs'
import type { Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { noSuchQueue } from './errors.ts'

export interface QueueRow {
  name: string
  /** Attributes that were set or have defaults; counts and times are added when they are asked for. */
  attributes: Record<string, string>
  tags: Record<string, string>
  /** ISO 8601 */
  created: string
  modified: string
  purged?: string
}

export interface MessageRow {
  id: string
  /** Plain text, or AES-256-GCM under `dataKey` when the queue has a KMS key. */
  body: string
  /** KMS ciphertext of the key that encrypts the body, base64. */
  dataKey?: string
  attributes?: Record<string, MessageAttributeValue>
  systemAttributes?: Record<string, MessageAttributeValue>
  senderId: string
  /** Milliseconds since 1970, as SQS shows its times. */
  sent: number
  visibleAt: number
  firstReceived?: number
  receives: number
  /** The last receipt handle given out. */
  receipt?: string
}

/** A queue by place: queues are addressed across accounts. */
export interface QueuePlace {
  account: string
  name: string
}

export function queues(call: Call, account: string): Table<QueueRow> {
  return call.table<QueueRow>('queue', { service: 'sqs', account, region: call.region })
}

export function messages(call: Call, place: QueuePlace): Table<MessageRow> {
  return call.table<MessageRow>(`message/${place.name}`, {
    service: 'sqs',
    account: place.account,
    region: call.region,
  })
}

export function findQueue(call: Call, place: QueuePlace): QueueRow {
  const row = queues(call, place.account).get(place.name)
  if (!row) throw noSuchQueue()
  return row
}

export function queueArn(call: Call, place: QueuePlace): string {
  return `arn:${call.partition}:sqs:${call.region}:${place.account}:${place.name}`
}

/**
 * Account and name from a queue URL; a bare name (as old clients send) is the caller's queue.
 * The host is not compared: a sandbox may be reached by several names.
 */
export function placeOf(queueUrl: string | undefined, call: Call): QueuePlace {
  const [, account = call.account, name = queueUrl ?? ''] = /\/(\d{12})\/([^/]+)$/.exec(queueUrl ?? '') ?? []
  return { account, name }
}

/** Served by this sandbox's own address: SDKs send calls to the host of the queue's URL. */
export function queueUrl(call: Call, place: QueuePlace): string {
  const host = call.http?.headers.host
  const origin = host ? `http://${host}` : `https://sqs.${call.region}.amazonaws.com`
  return `${origin}/${place.account}/${place.name}`
}

export function placeOfArn(arn: string): QueuePlace | undefined {
  const [, account, name] = /^arn:[^:]+:sqs:[^:]+:(\d{12}):([^:]+)$/.exec(arn) ?? []
  return account && name ? { account, name } : undefined
}
