import type {
  CreateNotificationRequest,
  CreateSubscriberRequest,
  DeleteNotificationRequest,
  DeleteSubscriberRequest,
  DescribeNotificationsForBudgetRequest,
  DescribeNotificationsForBudgetResponse,
  DescribeSubscribersForNotificationRequest,
  DescribeSubscribersForNotificationResponse,
  Notification,
  Subscriber,
  UpdateNotificationRequest,
} from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import {
  type BudgetRow,
  budgets,
  checkAccount,
  findBudget,
  findNotification,
  type NotificationRow,
  notificationKey,
  onBudget,
} from './state.ts'

/** One SNS and up to ten e-mail subscribers (Budgets API Reference, "CreateNotification"). */
export function checkedNotification(
  notification: Notification | undefined,
  subscribers: Subscriber[] | undefined,
): NotificationRow {
  const list = subscribers ?? []
  const email = list.filter((one) => one.SubscriptionType === 'EMAIL')
  if (list.length === 0 || email.length > 10 || list.length - email.length > 1)
    throw new AwsError(
      'InvalidParameterException',
      'A notification has one SNS subscriber and up to 10 email subscribers.',
    )
  if (email.some((one) => !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(one.Address ?? '')))
    throw new AwsError('InvalidParameterException', 'The email address of a subscriber is not valid.')
  if (!(Number(notification?.Threshold) > 0))
    throw new AwsError('InvalidParameterException', 'The threshold of a notification must be positive.')
  const complete = { ThresholdType: 'PERCENTAGE' as const, NotificationState: 'OK' as const, ...notification }
  return { notification: complete as Notification, subscribers: list }
}

function changed(
  input: { AccountId?: string | undefined; BudgetName?: string | undefined },
  change: (row: BudgetRow) => NotificationRow[],
  call: Call,
): void {
  checkAccount(input.AccountId, call)
  const row = findBudget(call, input.BudgetName)
  budgets(call).put(row.name, { ...row, notifications: change(row) })
}

export const createNotification = operation<CreateNotificationRequest, void>({
  name: 'CreateNotification',
  access: (input, call) => [onBudget('ModifyBudget', input.BudgetName, call)],
  handle: (input, call) =>
    changed(
      input,
      (row) => {
        if (row.notifications.some((one) => notificationKey(one.notification) === notificationKey(input.Notification)))
          throw new AwsError(
            'DuplicateRecordException',
            'Error creating notification: the notification already exists.',
          )
        // Five notifications per budget (Cost Management User Guide, "Quotas").
        if (row.notifications.length >= 5)
          throw new AwsError('CreationLimitExceededException', 'Error creating notification: too many notifications.')
        return [...row.notifications, checkedNotification(input.Notification, input.Subscribers)]
      },
      call,
    ),
})

export const updateNotification = operation<UpdateNotificationRequest, void>({
  name: 'UpdateNotification',
  access: (input, call) => [onBudget('ModifyBudget', input.BudgetName, call)],
  handle: (input, call) =>
    changed(
      input,
      (row) => {
        const old = findNotification(row, input.OldNotification)
        const next = checkedNotification(input.NewNotification, old.subscribers)
        return row.notifications.map((one) => (one === old ? next : one))
      },
      call,
    ),
})

export const deleteNotification = operation<DeleteNotificationRequest, void>({
  name: 'DeleteNotification',
  access: (input, call) => [onBudget('ModifyBudget', input.BudgetName, call)],
  handle: (input, call) =>
    changed(
      input,
      (row) => {
        const old = findNotification(row, input.Notification)
        return row.notifications.filter((one) => one !== old)
      },
      call,
    ),
})

export const describeNotificationsForBudget = operation<
  DescribeNotificationsForBudgetRequest,
  DescribeNotificationsForBudgetResponse
>({
  name: 'DescribeNotificationsForBudget',
  access: (input, call) => [onBudget('ViewBudget', input.BudgetName, call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    return { Notifications: findBudget(call, input.BudgetName).notifications.map((one) => one.notification) }
  },
})

export const describeSubscribersForNotification = operation<
  DescribeSubscribersForNotificationRequest,
  DescribeSubscribersForNotificationResponse
>({
  name: 'DescribeSubscribersForNotification',
  access: (input, call) => [onBudget('ViewBudget', input.BudgetName, call)],
  handle: (input, call) => {
    checkAccount(input.AccountId, call)
    return { Subscribers: findNotification(findBudget(call, input.BudgetName), input.Notification).subscribers }
  },
})

export const createSubscriber = operation<CreateSubscriberRequest, void>({
  name: 'CreateSubscriber',
  access: (input, call) => [onBudget('ModifyBudget', input.BudgetName, call)],
  handle: (input, call) =>
    changed(
      input,
      (row) => {
        const old = findNotification(row, input.Notification)
        if (old.subscribers.some((one) => one.Address === input.Subscriber?.Address))
          throw new AwsError('DuplicateRecordException', 'Error creating subscriber: the subscriber already exists.')
        const next = checkedNotification(old.notification, [...old.subscribers, input.Subscriber!])
        return row.notifications.map((one) => (one === old ? next : one))
      },
      call,
    ),
})

export const deleteSubscriber = operation<DeleteSubscriberRequest, void>({
  name: 'DeleteSubscriber',
  access: (input, call) => [onBudget('ModifyBudget', input.BudgetName, call)],
  handle: (input, call) =>
    changed(
      input,
      (row) => {
        const old = findNotification(row, input.Notification)
        const left = old.subscribers.filter((one) => one.Address !== input.Subscriber?.Address)
        if (left.length === old.subscribers.length)
          throw new AwsError('NotFoundException', "Unable to get subscriber: the subscriber doesn't exist.")
        const next = checkedNotification(old.notification, left)
        return row.notifications.map((one) => (one === old ? next : one))
      },
      call,
    ),
})
