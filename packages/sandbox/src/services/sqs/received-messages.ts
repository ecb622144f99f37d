import type {
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult,
  ChangeMessageVisibilityRequest,
  DeleteMessageBatchRequest,
  DeleteMessageBatchResult,
  DeleteMessageRequest,
} from '@aws-sdk/client-sqs'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onQueue } from './access.ts'
import { runBatch } from './batch.ts'
import { invalidParameter, invalidReceipt } from './errors.ts'
import { findQueue, type MessageRow, messages, placeOf, type QueuePlace } from './state.ts'

export const deleteMessage = operation<DeleteMessageRequest, void>({
  name: 'DeleteMessage',
  event: 'data',
  access: (input, call) => onQueue('DeleteMessage', input, call),
  handle: (input, call) => remove(existing(input, call), input.ReceiptHandle, call),
})

export const deleteMessageBatch = operation<DeleteMessageBatchRequest, DeleteMessageBatchResult>({
  name: 'DeleteMessageBatch',
  event: 'data',
  access: (input, call) => onQueue('DeleteMessage', input, call),
  handle: (input, call) => {
    const place = existing(input, call)
    return runBatch(input.Entries ?? [], (entry) => {
      remove(place, entry.ReceiptHandle, call)
      return {}
    })
  },
})

export const changeMessageVisibility = operation<ChangeMessageVisibilityRequest, void>({
  name: 'ChangeMessageVisibility',
  event: 'data',
  access: (input, call) => onQueue('ChangeMessageVisibility', input, call),
  handle: (input, call) => change(existing(input, call), input, call),
})

export const changeMessageVisibilityBatch = operation<
  ChangeMessageVisibilityBatchRequest,
  ChangeMessageVisibilityBatchResult
>({
  name: 'ChangeMessageVisibilityBatch',
  event: 'data',
  access: (input, call) => onQueue('ChangeMessageVisibility', input, call),
  handle: (input, call) => {
    const place = existing(input, call)
    return runBatch(input.Entries ?? [], (entry) => {
      change(place, entry, call)
      return {}
    })
  },
})

function existing(input: { QueueUrl?: string | undefined }, call: Call): QueuePlace {
  const place = placeOf(input.QueueUrl, call)
  findQueue(call, place)
  return place
}

/** A handle that a later receive replaced deletes nothing, and that is no error. */
function remove(place: QueuePlace, handle: string | undefined, call: Call): void {
  const row = held(place, handle, call)
  if (row?.receipt === handle) messages(call, place).delete(row!.id)
}

function change(
  place: QueuePlace,
  input: { ReceiptHandle?: string | undefined; VisibilityTimeout?: number | undefined },
  call: Call,
): void {
  const seconds = input.VisibilityTimeout ?? 0
  if (seconds < 0 || seconds > 43_200)
    throw invalidParameter(seconds, 'VisibilityTimeout', 'VisibilityTimeout must be an integer between 0 and 43200.')
  const row = held(place, input.ReceiptHandle, call)
  const now = call.now.getTime()
  if (!row || row.receipt !== input.ReceiptHandle || row.visibleAt <= now)
    throw new AwsError(
      'MessageNotInflight',
      `Value ${input.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    )
  messages(call, place).put(row.id, { ...row, visibleAt: now + seconds * 1000 })
}

function held(place: QueuePlace, handle: string | undefined, call: Call): MessageRow | undefined {
  const [, id] = /^([0-9a-f-]{36}) [0-9a-f]{16}$/.exec(Buffer.from(handle ?? '', 'base64').toString()) ?? []
  if (!id) throw invalidReceipt(handle)
  return messages(call, place).get(id)
}
