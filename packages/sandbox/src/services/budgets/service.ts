import type { Service } from '../../kernel/service.ts'
import { actionArn, actions } from './action-state.ts'
import {
  createBudgetAction,
  deleteBudgetAction,
  describeBudgetAction,
  describeBudgetActionsForAccount,
  describeBudgetActionsForBudget,
  updateBudgetAction,
} from './actions.ts'
import { createBudget, deleteBudget, describeBudget, describeBudgets, updateBudget } from './budgets.ts'
import { executeBudgetAction } from './execute-action.ts'
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

/**
 * The sandbox costs nothing, so a budget is spent only when whoever runs it says so (`PUT /_sandbox/spend`): then its
 * actions are carried out. No notification is ever sent.
 */
export const service: Service = {
  name: 'budgets',
  model: 'budgets',
  scope: 'account',
  operations: [
    ...[createBudget, describeBudget, describeBudgets, updateBudget, deleteBudget],
    ...[createNotification, updateNotification, deleteNotification, createSubscriber, deleteSubscriber],
    ...[describeNotificationsForBudget, describeSubscribersForNotification],
    ...[createBudgetAction, updateBudgetAction, deleteBudgetAction, executeBudgetAction],
    ...[describeBudgetAction, describeBudgetActionsForBudget, describeBudgetActionsForAccount],
    ...[tagResource, untagResource, listTagsForResource],
  ],
  tagged: (call) => [
    ...[...budgets(call).values()].map((row) => ({ arn: budgetArn(call, row.name), tags: row.tags })),
    ...[...actions(call).values()].map(({ action, tags }) => ({
      arn: actionArn(call, action.BudgetName ?? '', action.ActionId ?? ''),
      tags,
    })),
  ],
}
