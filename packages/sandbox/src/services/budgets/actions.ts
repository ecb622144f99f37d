import type {
  Action,
  CreateBudgetActionRequest,
  CreateBudgetActionResponse,
  DeleteBudgetActionRequest,
  DeleteBudgetActionResponse,
  DescribeBudgetActionRequest,
  DescribeBudgetActionResponse,
  DescribeBudgetActionsForAccountRequest,
  DescribeBudgetActionsForAccountResponse,
  DescribeBudgetActionsForBudgetRequest,
  DescribeBudgetActionsForBudgetResponse,
  UpdateBudgetActionRequest,
  UpdateBudgetActionResponse,
} from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { actionKey, actions, actionsOf, findAction, onAction, putAction } from './action-state.ts'
import { checkAction, passToBudgets } from './check-action.ts'
import { checkAccount, findBudget, onBudget } from './state.ts'

export const createBudgetAction = operation<CreateBudgetActionRequest, CreateBudgetActionResponse>({
  name: 'CreateBudgetAction',
  access: (input, call) => {
    const requestTags = tagMap(input.ResourceTags)
    const on = (name: string) => onAction(name, input.BudgetName, '*', call)
    return [
      { ...on('CreateBudgetAction'), requestTags },
      ...(input.ResourceTags?.length ? [{ ...on('TagResource'), requestTags }] : []),
      ...passToBudgets(call, input.ExecutionRoleArn),
    ]
  },
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    const { name } = findBudget(call, input.BudgetName)
    const ActionId = actionId(call.id(32))
    const action: Action = {
      ...{ ActionId, BudgetName: name, NotificationType: input.NotificationType, ActionType: input.ActionType },
      ...{ ActionThreshold: input.ActionThreshold, Definition: input.Definition, Status: 'STANDBY' },
      ...{ ExecutionRoleArn: input.ExecutionRoleArn, ApprovalModel: input.ApprovalModel },
      Subscribers: input.Subscribers,
    }
    checkAction(action, call)
    putAction(call, { action, tags: tagMap(input.ResourceTags) })
    return { AccountId: call.account, BudgetName: name, ActionId }
  },
})

/** A UUID, as the API's pattern of ActionId has it. */
const actionId = (hex: string) => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

export const describeBudgetAction = operation<DescribeBudgetActionRequest, DescribeBudgetActionResponse>({
  name: 'DescribeBudgetAction',
  access: (input, call) => [onAction('DescribeBudgetAction', input.BudgetName, input.ActionId ?? '', call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    const { action } = findAction(call, input.BudgetName, input.ActionId)
    return { AccountId: call.account, BudgetName: input.BudgetName, Action: action }
  },
})

export const describeBudgetActionsForBudget = operation<
  DescribeBudgetActionsForBudgetRequest,
  DescribeBudgetActionsForBudgetResponse
>({
  name: 'DescribeBudgetActionsForBudget',
  access: (input, call) => [onBudget('DescribeBudgetActionsForBudget', input.BudgetName, call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    return { Actions: actionsOf(call, findBudget(call, input.BudgetName).name) }
  },
})

export const describeBudgetActionsForAccount = operation<
  DescribeBudgetActionsForAccountRequest,
  DescribeBudgetActionsForAccountResponse
>({
  name: 'DescribeBudgetActionsForAccount',
  access: () => [{ action: 'budgets:DescribeBudgetActionsForAccount', resource: '*' }],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    return { Actions: [...actions(call).values()].map((row) => row.action) }
  },
})

export const updateBudgetAction = operation<UpdateBudgetActionRequest, UpdateBudgetActionResponse>({
  name: 'UpdateBudgetAction',
  access: (input, call) => [
    onAction('UpdateBudgetAction', input.BudgetName, input.ActionId ?? '', call),
    ...passToBudgets(call, input.ExecutionRoleArn),
  ],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    const row = findAction(call, input.BudgetName, input.ActionId)
    checkUnlocked(row.action)
    const { AccountId, ActionId: _, BudgetName, ...changes } = input
    const action = { ...row.action, ...changes }
    checkAction(action, call)
    putAction(call, { ...row, action })
    return { AccountId, BudgetName, OldAction: row.action, NewAction: action }
  },
})

export const deleteBudgetAction = operation<DeleteBudgetActionRequest, DeleteBudgetActionResponse>({
  name: 'DeleteBudgetAction',
  access: (input, call) => [onAction('DeleteBudgetAction', input.BudgetName, input.ActionId ?? '', call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    const { action } = findAction(call, input.BudgetName, input.ActionId)
    checkUnlocked(action)
    actions(call).delete(actionKey(action.BudgetName, action.ActionId))
    return { AccountId: call.account, BudgetName: action.BudgetName, Action: action }
  },
})

/** What is being carried out cannot be changed (Budgets API Reference, "ResourceLockedException"). */
function checkUnlocked(action: Action): void {
  if (/IN_PROGRESS$/.test(action.Status ?? ''))
    throw new AwsError(
      'ResourceLockedException',
      `The budget action ${action.ActionId} is locked: its status is ${action.Status}.`,
    )
}
