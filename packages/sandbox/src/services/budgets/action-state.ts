import type { Action } from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'
import { budgetArn, budgets } from './state.ts'

export interface ActionRow {
  action: Action
  tags: Record<string, string>
}

export const actions = (call: Call): Table<ActionRow> => call.table<ActionRow>('budget-action', { service: 'budgets' })

export const actionKey = (budget: string | undefined, id: string | undefined) => `${budget}/${id}`
export const actionArn = (call: Call, budget: string, id: string) => `${budgetArn(call, budget)}/action/${id}`

/** An action has its own permission for each operation, and its own ARN (Service Authorization Reference, AWS Budgets). */
export function onAction(operation: string, budget: string | undefined, id: string, call: Call): AccessCheck {
  const row = actions(call).get(actionKey(budget, id))
  return {
    action: `budgets:${operation}`,
    resource: actionArn(call, budget ?? '*', id),
    resourceTags: row?.tags,
  }
}

export function findAction(call: Call, budget: string | undefined, id: string | undefined): ActionRow {
  if (!budgets(call).has(budget ?? ''))
    throw new AwsError('NotFoundException', `Unable to get budget: ${budget} - the budget doesn't exist.`)
  const row = actions(call).get(actionKey(budget, id))
  if (row) return row
  throw new AwsError('NotFoundException', `Unable to get budget action: ${id} - the budget action doesn't exist.`)
}

export function putAction(call: Call, row: ActionRow): void {
  actions(call).put(actionKey(row.action.BudgetName, row.action.ActionId), row)
}

export const actionsOf = (call: Call, budget: string): Action[] =>
  [...actions(call).values()].map((row) => row.action).filter(({ BudgetName }) => BudgetName === budget)
