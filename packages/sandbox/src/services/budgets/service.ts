import type { Service } from '../../kernel/service.ts'
import { createBudget, deleteBudget, describeBudget, describeBudgets, updateBudget } from './budgets.ts'
import {
  createNotification,
  createSubscriber,
  deleteNotification,
  deleteSubscriber,
  describeNotificationsForBudget,
  describeSubscribersForNotification,
  updateNotification,
} from './notifications.ts'
import { budgetArn, budgets } from './state.ts'
import { listTagsForResource, tagResource, untagResource } from './tags.ts'

/** Budgets are kept and never spent: the sandbox costs nothing, so no notification is ever sent. */
export const service: Service = {
  name: 'budgets',
  model: 'budgets',
  scope: 'account',
  operations: [
    ...[createBudget, describeBudget, describeBudgets, updateBudget, deleteBudget],
    ...[createNotification, updateNotification, deleteNotification, createSubscriber, deleteSubscriber],
    ...[describeNotificationsForBudget, describeSubscribersForNotification],
    ...[tagResource, untagResource, listTagsForResource],
  ],
  tagged: (call) => [...budgets(call).values()].map((row) => ({ arn: budgetArn(call, row.name), tags: row.tags })),
}
