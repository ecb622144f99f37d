import { setTimeout as sleep } from 'node:timers/promises'
import type { Message, ReceiveMessageRequest, ReceiveMessageResult } from '@aws-sdk/client-sqs'
import { type Call, operation } from '../../kernel/operation.ts'
import { onQueue } from './access.ts'
import { type RedrivePolicy, readRedrive } from './attributes.ts'
import { unseal } from './encryption.ts'
import { invalidParameter } from './errors.ts'
import { bytesOf, md5, md5OfAttributes } from './message-digest.ts'
import { findQueue, type MessageRow, messages, placeOf, placeOfArn, type QueuePlace, queueArn } from './state.ts'

/** How often a long poll looks again, in milliseconds. */
const pollEvery = 100

/** Long polling: waits up to WaitTimeSeconds (or the queue's default) for the first message. */
export const receiveMessage = operation<ReceiveMessageRequest, ReceiveMessageResult>({
  name: 'ReceiveMessage',
  event: 'data',
  access: (input, call) => onQueue('ReceiveMessage', input, call),
  handle: async (input, call) => {
    const place = placeOf(input.QueueUrl, call)
    const queue = findQueue(call, place)
    const limit = inRange(input.MaxNumberOfMessages ?? 1, 1, 10, 'MaxNumberOfMessages')
    const defaultWait = Number(queue.attributes.ReceiveMessageWaitTimeSeconds)
    const wait = inRange(input.WaitTimeSeconds ?? defaultWait, 0, 20, 'WaitTimeSeconds')
    const timeout = input.VisibilityTimeout ?? Number(queue.attributes.VisibilityTimeout)
    inRange(timeout, 0, 43_200, 'VisibilityTimeout')
    const started = performance.now()
    for (;;) {
      const waited = performance.now() - started
      const now = call.now.getTime() + Math.round(waited)
      const taken = take(place, { limit, now, timeout }, call)
      if (taken.length > 0) {
        const shown = await Promise.all(taken.map((row) => messageOf(row, input, place, call)))
        return { Messages: shown }
      }
      if (waited >= wait * 1000) return {}
      await sleep(Math.min(pollEvery, wait * 1000 - waited))
      findQueue(call, place)
    }
  },
})

function inRange(value: number, least: number, most: number, name: string): number {
  if (value >= least && value <= most) return value
  throw invalidParameter(value, name, `Must be between ${least} and ${most}, if provided.`)
}

/** Takes visible messages, drops expired ones and moves those received too often to the dead-letter queue. */
function take(place: QueuePlace, ask: { limit: number; now: number; timeout: number }, call: Call): MessageRow[] {
  const table = messages(call, place)
  if (table.size === 0) return []
  const { attributes } = findQueue(call, place)
  const redrive = readRedrive(attributes.RedrivePolicy)
  const oldest = ask.now - Number(attributes.MessageRetentionPeriod) * 1000
  const taken: MessageRow[] = []
  for (const row of [...table.values()]) {
    if (taken.length === ask.limit) break
    if (row.sent < oldest) table.delete(row.id)
    else if (row.visibleAt > ask.now) continue
    else if (redrive && row.receives >= redrive.maxReceiveCount) moveToDeadLetters(row, place, redrive, call)
    else taken.push(received(row, ask, call))
  }
  for (const row of taken) table.put(row.id, row)
  return taken
}

function received(row: MessageRow, ask: { now: number; timeout: number }, call: Call): MessageRow {
  return {
    ...row,
    visibleAt: ask.now + ask.timeout * 1000,
    firstReceived: row.firstReceived ?? ask.now,
    receives: row.receives + 1,
    receipt: Buffer.from(`${row.id} ${call.id(16)}`).toString('base64'),
  }
}

function moveToDeadLetters(row: MessageRow, from: QueuePlace, redrive: RedrivePolicy, call: Call): void {
  const target = placeOfArn(redrive.deadLetterTargetArn)
  messages(call, from).delete(row.id)
  if (target) messages(call, target).put(row.id, { ...row, receives: 0, visibleAt: 0 })
}

async function messageOf(
  row: MessageRow,
  input: ReceiveMessageRequest,
  place: QueuePlace,
  call: Call,
): Promise<Message> {
  const Body = row.dataKey ? await unseal(row.body, row.dataKey, queueArn(call, place), call) : row.body
  const system = systemAttributes(row, [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])])
  const own = ownAttributes(row, input.MessageAttributeNames ?? [])
  return {
    MessageId: row.id,
    ReceiptHandle: row.receipt,
    MD5OfBody: md5(Body),
    Body,
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(Object.keys(own).length > 0 && { MessageAttributes: own, MD5OfMessageAttributes: md5OfAttributes(own) }),
  }
}

function systemAttributes(row: MessageRow, names: readonly string[]): Record<string, string> {
  const all: Record<string, string> = {
    SenderId: row.senderId,
    SentTimestamp: String(row.sent),
    ApproximateReceiveCount: String(row.receives),
    ApproximateFirstReceiveTimestamp: String(row.firstReceived),
    ...(row.systemAttributes?.AWSTraceHeader && {
      AWSTraceHeader: row.systemAttributes.AWSTraceHeader.StringValue ?? '',
    }),
  }
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name)))
}

/** Names may end in `.*` or `*`; `All` and `.*` mean every attribute. */
function ownAttributes(row: MessageRow, names: readonly string[]) {
  const wanted = (name: string) =>
    names.some(
      (one) => one === 'All' || one === name || (one.endsWith('*') && name.startsWith(one.replace(/\.?\*$/, ''))),
    )
  const entries = Object.entries(row.attributes ?? {})
    .filter(([name]) => wanted(name))
    .map(([name, value]) => [name, value.BinaryValue ? { ...value, BinaryValue: bytesOf(value.BinaryValue) } : value])
  return Object.fromEntries(entries) as NonNullable<Message['MessageAttributes']>
}
