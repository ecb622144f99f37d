import { randomUUID } from 'node:crypto'
import type {
  MessageAttributeValue,
  SendMessageBatchRequest,
  SendMessageBatchRequestEntry,
  SendMessageBatchResult,
  SendMessageRequest,
  SendMessageResult,
} from '@aws-sdk/client-sqs'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onQueue } from './access.ts'
import { runBatch } from './batch.ts'
import { seal } from './encryption.ts'
import { invalidParameter } from './errors.ts'
import { md5, md5OfAttributes } from './message-digest.ts'
import { findQueue, type MessageRow, messages, placeOf, type QueueRow, queueArn } from './state.ts'

export const sendMessage = operation<SendMessageRequest, SendMessageResult>({
  name: 'SendMessage',
  event: 'data',
  sensitive: ['MessageBody', 'MessageAttributes'],
  access: (input, call) => onQueue('SendMessage', input, call),
  handle: (input, call) => send(input.QueueUrl, input, call),
})

export const sendMessageBatch = operation<SendMessageBatchRequest, SendMessageBatchResult>({
  name: 'SendMessageBatch',
  event: 'data',
  sensitive: ['Entries'],
  access: (input, call) => onQueue('SendMessage', input, call),
  handle: (input, call) => {
    const entries = input.Entries ?? []
    const total = entries.reduce((sum, entry) => sum + sizeOf(entry), 0)
    if (total > 1_048_576)
      throw new AwsError(
        'BatchRequestTooLong',
        `Batch requests cannot be longer than 1048576 bytes. You have sent ${total} bytes.`,
      )
    return runBatch(entries, (entry) => send(input.QueueUrl, entry, call))
  },
})

type Entry = Pick<
  SendMessageBatchRequestEntry,
  'MessageBody' | 'DelaySeconds' | 'MessageAttributes' | 'MessageSystemAttributes'
>

async function send(url: string | undefined, entry: Entry, call: Call): Promise<SendMessageResult> {
  const place = placeOf(url, call)
  const queue = findQueue(call, place)
  check(entry, queue)
  const text = entry.MessageBody ?? ''
  const key = queue.attributes.KmsMasterKeyId
  const stored = key ? await seal(text, key, queueArn(call, place), call) : { body: text }
  const now = call.now.getTime()
  const attributes = storable(entry.MessageAttributes)
  const systemAttributes = storable(entry.MessageSystemAttributes)
  const row: MessageRow = {
    id: randomUUID(),
    ...stored,
    ...(attributes && { attributes }),
    ...(systemAttributes && { systemAttributes }),
    senderId: senderOf(call),
    sent: now,
    visibleAt: now + 1000 * (entry.DelaySeconds ?? Number(queue.attributes.DelaySeconds)),
    receives: 0,
  }
  messages(call, place).put(row.id, row)
  return {
    MessageId: row.id,
    MD5OfMessageBody: md5(text),
    ...(entry.MessageAttributes && { MD5OfMessageAttributes: md5OfAttributes(entry.MessageAttributes) }),
    ...(entry.MessageSystemAttributes && {
      MD5OfMessageSystemAttributes: md5OfAttributes(entry.MessageSystemAttributes),
    }),
  }
}

function check(entry: Entry, queue: QueueRow): void {
  if (!entry.MessageBody) throw new AwsError('MissingParameter', 'The request must contain the parameter MessageBody.')
  // XML 1.0 characters only (SQS API Reference, "SendMessage").
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(entry.MessageBody))
    throw new AwsError('InvalidMessageContents', 'Message must be shorter and contain only allowed characters.')
  const limit = Number(queue.attributes.MaximumMessageSize)
  if (sizeOf(entry) > limit)
    throw new AwsError(
      'InvalidParameterValue',
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    )
  const delay = entry.DelaySeconds ?? 0
  if (delay < 0 || delay > 900) throw invalidParameter(delay, 'DelaySeconds', 'DelaySeconds must be >= 0 and <= 900.')
  if (Object.keys(entry.MessageAttributes ?? {}).length > 10)
    throw new AwsError('InvalidParameterValue', 'Number of message attributes exceeds the allowed maximum of 10.')
}

function sizeOf(entry: Entry): number {
  const attributes = Object.entries(entry.MessageAttributes ?? {}).map(([name, value]) => [
    name,
    value.DataType ?? '',
    value.StringValue ?? value.BinaryValue ?? '',
  ])
  return [entry.MessageBody ?? '', ...attributes.flat()].reduce((sum, part) => sum + Buffer.byteLength(part), 0)
}

/** Rows are JSON: binary values are kept as base64 text. */
function storable(attributes: Record<string, MessageAttributeValue> | undefined) {
  if (!attributes) return undefined
  const entries = Object.entries(attributes).map(([name, value]) => [
    name,
    value.BinaryValue
      ? { DataType: value.DataType, BinaryValue: Buffer.from(value.BinaryValue).toString('base64') }
      : value,
  ])
  return Object.fromEntries(entries) as Record<string, MessageAttributeValue>
}

function senderOf(call: Call): string {
  const { principal } = call
  if (principal.type === 'role-session') return `${principal.roleId}:${principal.sessionName}`
  if (principal.type === 'user') return principal.userId
  if (principal.type === 'root') return principal.account
  return principal.type === 'service' ? principal.service : 'anonymous'
}
