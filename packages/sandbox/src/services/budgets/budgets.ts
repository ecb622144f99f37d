import type {
  Budget,
  CreateBudgetRequest,
  DeleteBudgetRequest,
  DescribeBudgetRequest,
  DescribeBudgetResponse,
  DescribeBudgetsRequest,
  DescribeBudgetsResponse,
  UpdateBudgetRequest,
} from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { actionKey, actions, actionsOf } from './action-state.ts'
import { checkedNotification } from './notifications.ts'
import { type BudgetRow, budgets, checkAccount, findBudget, onBudget } from './state.ts'

export const createBudget = operation<CreateBudgetRequest, void>({
  name: 'CreateBudget',
  access: (input, call) => {
    const check = onBudget('ModifyBudget', input.Budget?.BudgetName, call)
    const requestTags = tagMap(input.ResourceTags)
    return input.ResourceTags?.length
      ? [check, { ...onBudget('TagResource', input.Budget?.BudgetName, call), requestTags }]
      : [check]
  },
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    const name = input.Budget!.BudgetName!
    if (budgets(call).has(name))
      throw new AwsError('DuplicateRecordException', `Error creating budget: ${name} - the budget already exists.`)
    const notifications = (input.NotificationsWithSubscribers ?? []).map((one) =>
      checkedNotification(one.Notification, one.Subscribers),
    )
    budgets(call).put(name, {
      name,
      budget: complete(input.Budget!, call),
      notifications,
      tags: tagMap(input.ResourceTags),
    })
  },
})

/** What Budgets adds to a budget (Budgets API Reference, "Budget"): cost types, period, spend. */
function complete(budget: Budget, call: Call): Budget {
  check(budget)
  const { BudgetLimit } = budget
  const month = new Date(Date.UTC(call.now.getUTCFullYear(), call.now.getUTCMonth()))
  return {
    ...budget,
    ...(BudgetLimit && { BudgetLimit: { ...BudgetLimit, Amount: decimal(BudgetLimit.Amount) } }),
    CostFilters: budget.CostFilters ?? {},
    ...(budget.FilterExpression === undefined && { CostTypes: { ...costTypes, ...budget.CostTypes } }),
    TimePeriod: {
      Start: budget.TimePeriod?.Start ?? month,
      End: budget.TimePeriod?.End ?? new Date('2087-06-15T00:00:00Z'),
    },
    CalculatedSpend: { ActualSpend: { Amount: '0.0', Unit: BudgetLimit?.Unit ?? 'USD' } },
    LastUpdatedTime: call.now,
  }
}

const costTypes = {
  IncludeTax: true,
  IncludeSubscription: true,
  UseBlended: false,
  IncludeRefund: true,
  IncludeCredit: true,
  IncludeUpfront: true,
  IncludeRecurring: true,
  IncludeOtherSubscription: true,
  IncludeSupport: true,
  IncludeDiscount: true,
  UseAmortized: false,
}

/** Amounts come back with at least one decimal: `100` as `100.0`. */
function decimal(amount: string | undefined): string {
  const number = Number(amount)
  return Number.isInteger(number) ? number.toFixed(1) : String(number)
}

function check(budget: Budget): void {
  const amount = budget.BudgetLimit?.Amount
  if (amount !== undefined && !(Number(amount) > 0))
    throw new AwsError('InvalidParameterException', 'Budget limit must be a positive number.')
  if (!amount && !budget.PlannedBudgetLimits && !budget.AutoAdjustData)
    throw new AwsError(
      'InvalidParameterException',
      'A budget needs BudgetLimit, PlannedBudgetLimits or AutoAdjustData.',
    )
  if (/[:\\]/.test(budget.BudgetName ?? ''))
    throw new AwsError('InvalidParameterException', 'The ":" and "\\" characters are not allowed in a budget name.')
  const { Start, End } = budget.TimePeriod ?? {}
  if (Start && End && Start >= End)
    throw new AwsError('InvalidParameterException', 'The start of the time period must be before its end.')
}

export const describeBudget = operation<DescribeBudgetRequest, DescribeBudgetResponse>({
  name: 'DescribeBudget',
  access: (input, call) => [onBudget('ViewBudget', input.BudgetName, call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    return { Budget: shape(findBudget(call, input.BudgetName)) }
  },
})

function shape({ budget }: BudgetRow): Budget {
  return budget
}

export const describeBudgets = operation<DescribeBudgetsRequest, DescribeBudgetsResponse>({
  name: 'DescribeBudgets',
  access: (_input, call) => [onBudget('ViewBudget', '*', call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    return { Budgets: [...budgets(call).values()].map(shape) }
  },
})

export const updateBudget = operation<UpdateBudgetRequest, void>({
  name: 'UpdateBudget',
  access: (input, call) => [onBudget('ModifyBudget', input.NewBudget?.BudgetName, call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    const row = findBudget(call, input.NewBudget?.BudgetName)
    budgets(call).put(row.name, { ...row, budget: complete(input.NewBudget!, call) })
  },
})

export const deleteBudget = operation<DeleteBudgetRequest, void>({
  name: 'DeleteBudget',
  access: (input, call) => [onBudget('ModifyBudget', input.BudgetName, call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    const { name } = findBudget(call, input.BudgetName)
    for (const { ActionId } of actionsOf(call, name)) actions(call).delete(actionKey(name, ActionId))
    budgets(call).delete(name)
  },
})
