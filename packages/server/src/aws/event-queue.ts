import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import type { AwsSession } from './session.ts'

/** An EventBridge event as it arrives by SQS (EventBridge User Guide, "Events"). */
export interface AccountEvent {
  id: string
  source: string
  'detail-type': string
  account: string
  time: string
  detail: Record<string, unknown>
}

export interface Received {
  /** Undefined when the message is no event: it is dropped, as reading it again would not help. */
  event: AccountEvent | undefined
  handle: string
}

/** Waits up to `seconds` (0-20) for messages; at most ten come at once. */
export async function receiveEvents(
  session: AwsSession,
  queueUrl: string,
  seconds: number,
  signal: AbortSignal,
): Promise<Received[]> {
  const answer = await session
    .client(SQSClient)
    .send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: seconds, MaxNumberOfMessages: 10 }), {
      abortSignal: signal,
    })
  return (answer.Messages ?? []).map((message) => ({
    event: parseEvent(message.Body ?? ''),
    handle: message.ReceiptHandle ?? '',
  }))
}

export async function deleteEvent(session: AwsSession, queueUrl: string, handle: string): Promise<void> {
  await session.client(SQSClient).send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: handle }))
}

function parseEvent(body: string): AccountEvent | undefined {
  try {
    const value = JSON.parse(body) as AccountEvent
    return typeof value.source === 'string' && typeof value['detail-type'] === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
