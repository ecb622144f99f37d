import type { Budget, Notification, Subscriber } from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

export interface NotificationRow {
  notification: Notification
  subscribers: Subscriber[]
}

/** A budget with its notifications; times of the budget are ISO 8601. */
export interface BudgetRow {
  name: string
  budget: Budget
  notifications: NotificationRow[]
  tags: Record<string, string>
}

export function budgets(call: Call): Table<BudgetRow> {
  return call.table<BudgetRow>('budget', { service: 'budgets' })
}

export function budgetArn(call: Call, name: string): string {
  return `arn:${call.partition}:budgets::${call.account}:budget/${name}`
}

/** Budgets has two permissions: budgets:ViewBudget to read and budgets:ModifyBudget for all else. */
export function onBudget(action: string, name: string | undefined, call: Call): AccessCheck {
  const row = budgets(call).get(name ?? '')
  return { action: `budgets:${action}`, resource: budgetArn(call, name ?? '*'), resourceTags: row?.tags }
}

export function findBudget(call: Call, name: string | undefined): BudgetRow {
  const row = budgets(call).get(name ?? '')
  if (row) return row
  throw new AwsError('NotFoundException', `Unable to get budget: ${name} - the budget doesn't exist.`)
}

/** Every call names the account; nobody reads another's budgets. */
export function checkAccount(accountId: string | undefined, call: Call): void {
  if (accountId !== call.account)
    throw new AwsError('AccessDeniedException', `Account ${call.account} is not authorized to access ${accountId}`)
}

/** Notifications have no id: they are told apart by type, operator, threshold and its unit. */
export function notificationKey(one: Notification | undefined): string {
  const { NotificationType, ComparisonOperator, Threshold, ThresholdType = 'PERCENTAGE' } = one ?? {}
  return [NotificationType, ComparisonOperator, Number(Threshold), ThresholdType].join(' ')
}

export function findNotification(row: BudgetRow, wanted: Notification | undefined): NotificationRow {
  const found = row.notifications.find((one) => notificationKey(one.notification) === notificationKey(wanted))
  if (found) return found
  throw new AwsError('NotFoundException', `Unable to get notification: ${notificationKey(wanted)} - it doesn't exist.`)
}
