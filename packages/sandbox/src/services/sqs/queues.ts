import type {
  CreateQueueRequest,
  CreateQueueResult,
  DeleteQueueRequest,
  GetQueueAttributesRequest,
  GetQueueAttributesResult,
  GetQueueUrlRequest,
  GetQueueUrlResult,
  ListQueuesRequest,
  ListQueuesResult,
  PurgeQueueRequest,
  SetQueueAttributesRequest,
} from '@aws-sdk/client-sqs'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onPlace, onQueue } from './access.ts'
import { attributesOf, changedAttributes, defaultAttributes } from './attributes.ts'
import { noSuchQueue } from './errors.ts'
import { findQueue, messages, placeOf, type QueuePlace, type QueueRow, queues, queueUrl } from './state.ts'

export const createQueue = operation<CreateQueueRequest, CreateQueueResult>({
  name: 'CreateQueue',
  access: (input, call) => [
    { ...onPlace('CreateQueue', own(input.QueueName, call), call), ...(input.tags && { requestTags: input.tags }) },
    ...(input.tags ? [{ ...onPlace('TagQueue', own(input.QueueName, call), call), requestTags: input.tags }] : []),
  ],
  handle: (input, call) => {
    checkName(input.QueueName!)
    const place = own(input.QueueName, call)
    const attributes = changedAttributes(defaultAttributes(), input.Attributes ?? {}, place, call)
    const existing = queues(call, call.account).get(place.name)
    if (existing) checkSame(existing, input, attributes)
    else putNew(place, attributes, input.tags ?? {}, call)
    return { QueueUrl: queueUrl(call, place) }
  },
})

function own(name: string | undefined, call: Call): QueuePlace {
  return { account: call.account, name: name ?? '' }
}

function checkName(name: string): void {
  if (name.endsWith('.fifo'))
    throw new AwsError('UnsupportedOperation', 'The sandbox has standard queues only: FIFO queues are not supported.')
  if (!/^[A-Za-z0-9_-]{1,80}$/.test(name))
    throw new AwsError(
      'InvalidParameterValue',
      'Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length',
    )
}

/** Creating a queue again with equal attributes is no error (SQS API Reference, "CreateQueue"). */
function checkSame(existing: QueueRow, input: CreateQueueRequest, wanted: Record<string, string>): void {
  const other = Object.keys(input.Attributes ?? {}).find((name) => existing.attributes[name] !== wanted[name])
  if (other)
    throw new AwsError(
      'QueueNameExists',
      `A queue already exists with the same name and a different value for attribute ${other}`,
    )
}

function putNew(place: QueuePlace, attributes: Record<string, string>, tags: Record<string, string>, call: Call): void {
  const now = call.now.toISOString()
  queues(call, place.account).put(place.name, { name: place.name, attributes, tags, created: now, modified: now })
}

export const getQueueUrl = operation<GetQueueUrlRequest, GetQueueUrlResult>({
  name: 'GetQueueUrl',
  access: (input, call) => [onPlace('GetQueueUrl', asked(input, call), call)],
  handle: (input, call) => {
    const place = asked(input, call)
    if (!queues(call, place.account).has(place.name)) throw noSuchQueue()
    return { QueueUrl: queueUrl(call, place) }
  },
})

function asked(input: GetQueueUrlRequest, call: Call): QueuePlace {
  return { account: input.QueueOwnerAWSAccountId ?? call.account, name: input.QueueName ?? '' }
}

export const listQueues = operation<ListQueuesRequest, ListQueuesResult>({
  name: 'ListQueues',
  access: () => [{ action: 'sqs:ListQueues', resource: '*' }],
  handle: (input, call) => {
    const names = [...queues(call, call.account).values()].map((row) => row.name)
    const wanted = names.filter((name) => name.startsWith(input.QueueNamePrefix ?? '')).sort()
    return { QueueUrls: wanted.map((name) => queueUrl(call, { account: call.account, name })) }
  },
})

export const deleteQueue = operation<DeleteQueueRequest, void>({
  name: 'DeleteQueue',
  access: (input, call) => onQueue('DeleteQueue', input, call),
  handle: (input, call) => {
    const place = placeOf(input.QueueUrl, call)
    findQueue(call, place)
    clear(place, call)
    queues(call, place.account).delete(place.name)
  },
})

export const purgeQueue = operation<PurgeQueueRequest, void>({
  name: 'PurgeQueue',
  access: (input, call) => onQueue('PurgeQueue', input, call),
  handle: (input, call) => {
    const place = placeOf(input.QueueUrl, call)
    const row = findQueue(call, place)
    if (row.purged && call.now.getTime() - Date.parse(row.purged) < 60_000)
      throw new AwsError(
        'PurgeQueueInProgress',
        `Only one PurgeQueue operation on ${place.name} is allowed every 60 seconds.`,
      )
    clear(place, call)
    queues(call, place.account).put(place.name, { ...row, purged: call.now.toISOString() })
  },
})

function clear(place: QueuePlace, call: Call): void {
  for (const [id] of [...messages(call, place).entries()]) messages(call, place).delete(id)
}

export const getQueueAttributes = operation<GetQueueAttributesRequest, GetQueueAttributesResult>({
  name: 'GetQueueAttributes',
  access: (input, call) => onQueue('GetQueueAttributes', input, call),
  handle: (input, call) => {
    const place = placeOf(input.QueueUrl, call)
    const Attributes = attributesOf(findQueue(call, place), place, input.AttributeNames ?? [], call)
    return Object.keys(Attributes).length > 0 ? { Attributes } : {}
  },
})

export const setQueueAttributes = operation<SetQueueAttributesRequest, void>({
  name: 'SetQueueAttributes',
  access: (input, call) => onQueue('SetQueueAttributes', input, call),
  handle: (input, call) => {
    const place = placeOf(input.QueueUrl, call)
    const row = findQueue(call, place)
    const attributes = changedAttributes(row.attributes, input.Attributes ?? {}, place, call)
    queues(call, place.account).put(place.name, { ...row, attributes, modified: call.now.toISOString() })
  },
})
