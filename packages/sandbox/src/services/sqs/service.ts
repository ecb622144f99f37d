import type { Service } from '../../kernel/service.ts'
import {
  createQueue,
  deleteQueue,
  getQueueAttributes,
  getQueueUrl,
  listQueues,
  purgeQueue,
  setQueueAttributes,
} from './queues.ts'
import { receiveMessage } from './receive-message.ts'
import {
  changeMessageVisibility,
  changeMessageVisibilityBatch,
  deleteMessage,
  deleteMessageBatch,
} from './received-messages.ts'
import { sendMessage, sendMessageBatch } from './send-message.ts'
import { queueArn, queues } from './state.ts'
import { listQueueTags, tagQueue, untagQueue } from './tags.ts'

/** Standard queues; FIFO queues are refused. */
export const service: Service = {
  name: 'sqs',
  model: 'sqs',
  scope: 'region',
  operations: [
    ...[createQueue, deleteQueue, getQueueUrl, listQueues, purgeQueue, getQueueAttributes, setQueueAttributes],
    ...[sendMessage, sendMessageBatch, receiveMessage, deleteMessage, deleteMessageBatch],
    ...[changeMessageVisibility, changeMessageVisibilityBatch, tagQueue, untagQueue, listQueueTags],
  ],
  tagged: (call) =>
    [...queues(call, call.account).values()].map(({ name, tags }) => ({
      arn: queueArn(call, { account: call.account, name }),
      tags,
    })),
}
