import type { Action } from '@aws-sdk/client-budgets'
import type { Call } from '../../kernel/operation.ts'
import { actionsOf, findAction, putAction } from './action-state.ts'
import { carryOut } from './execute-action.ts'
import { type BudgetRow, budgets, findBudget } from './state.ts'

/**
 * Says what was spent of a budget in this period. Actions whose threshold is passed are carried out, or wait for approval;
 * with less than that the next period has begun, and what was carried out is taken back (AWS Cost Management User
 * Guide, "Configuring a budget action").
 *
 * @param amount in the unit of the budget
 */
export async function spend(call: Call, name: string, amount: number): Promise<void> {
  const row = findBudget(call, name)
  const Unit = row.budget.BudgetLimit?.Unit ?? 'USD'
  const CalculatedSpend = { ActualSpend: { Amount: amount.toFixed(2), Unit } }
  budgets(call).put(name, { ...row, budget: { ...row.budget, CalculatedSpend } })
  for (const action of actionsOf(call, name)) await follow(call, row, action, amount)
}

async function follow(call: Call, budget: BudgetRow, action: Action, amount: number): Promise<void> {
  if (action.NotificationType !== 'ACTUAL') return
  const passed = amount > thresholdOf(budget, action)
  const row = findAction(call, action.BudgetName, action.ActionId)
  if (passed && action.Status === 'STANDBY') {
    if (action.ApprovalModel === 'AUTOMATIC') await carryOut(call, row, 'out')
    else putAction(call, { ...row, action: { ...action, Status: 'PENDING' } })
  }
  if (!passed && action.Status === 'EXECUTION_SUCCESS') {
    await carryOut(call, row, 'back')
    const taken = findAction(call, action.BudgetName, action.ActionId)
    if (taken.action.Status === 'REVERSE_SUCCESS')
      putAction(call, { ...taken, action: { ...taken.action, Status: 'STANDBY' } })
  }
}

/** In the unit of the budget; a percentage is of its limit. */
function thresholdOf({ budget }: BudgetRow, { ActionThreshold }: Action): number {
  const value = ActionThreshold?.ActionThresholdValue ?? 0
  if (ActionThreshold?.ActionThresholdType === 'ABSOLUTE_VALUE') return value
  return (Number(budget.BudgetLimit?.Amount) * value) / 100
}
