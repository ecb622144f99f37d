import {
  BudgetsClient,
  CreateBudgetCommand,
  CreateNotificationCommand,
  CreateSubscriberCommand,
  DeleteBudgetCommand,
  DeleteNotificationCommand,
  DescribeBudgetCommand,
  DescribeBudgetsCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateBudgetCommand,
} from '@aws-sdk/client-budgets'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accounts, refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let client: BudgetsClient
const AccountId = accounts.claims

beforeAll(async () => {
  bench = await startTestBench()
  client = new BudgetsClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const budget = (BudgetName: string, Amount = '100') => ({
  BudgetName,
  BudgetType: 'COST' as const,
  TimeUnit: 'MONTHLY' as const,
  BudgetLimit: { Amount, Unit: 'USD' },
})
const create = (name: string, amount?: string, more: object = {}) =>
  client.send(new CreateBudgetCommand({ AccountId, Budget: budget(name, amount), ...more }))
const describeBudget = (BudgetName: string) => client.send(new DescribeBudgetCommand({ AccountId, BudgetName }))

it('budgets are kept as Budgets completes them', async () => {
  await create('monthly')
  const { Budget } = await describeBudget('monthly')
  expect(Budget).toMatchObject({
    BudgetLimit: { Amount: '100.0', Unit: 'USD' },
    CostTypes: { IncludeTax: true, UseBlended: false },
    TimePeriod: { End: new Date('2087-06-15T00:00:00Z') },
    CalculatedSpend: { ActualSpend: { Amount: '0.0', Unit: 'USD' } },
  })
  expect(await refusal(create('monthly'))).toMatchObject({ code: 'DuplicateRecordException' })
  await client.send(new UpdateBudgetCommand({ AccountId, NewBudget: budget('monthly', '120.5') }))
  expect((await describeBudget('monthly')).Budget?.BudgetLimit?.Amount).toBe('120.5')
  expect((await client.send(new DescribeBudgetsCommand({ AccountId }))).Budgets).toHaveLength(1)
  await client.send(new DeleteBudgetCommand({ AccountId, BudgetName: 'monthly' }))
  expect(await refusal(describeBudget('monthly'))).toMatchObject({
    code: 'NotFoundException',
    message: "Unable to get budget: monthly - the budget doesn't exist.",
  })
})

it('budgets of another account and senseless ones are refused', async () => {
  const foreign = new DescribeBudgetsCommand({ AccountId: accounts.trials })
  expect(await refusal(client.send(foreign))).toMatchObject({ code: 'AccessDeniedException' })
  expect(await refusal(create('zero', '0'))).toMatchObject({ code: 'InvalidParameterException' })
  expect((await refusal(create('a:b'))).status).toBe(400)
})

it('notifications are told apart by what they say, and have subscribers', async () => {
  const BudgetName = 'notified'
  await create(BudgetName)
  const Notification = {
    NotificationType: 'ACTUAL' as const,
    ComparisonOperator: 'GREATER_THAN' as const,
    Threshold: 80,
  }
  const subscriber = (Address: string) => ({ SubscriptionType: 'EMAIL' as const, Address })
  const add = (Subscribers: object[]) =>
    client.send(
      new CreateNotificationCommand({ AccountId, BudgetName, Notification, Subscribers: Subscribers as never }),
    )
  expect(await refusal(add([subscriber('nobody')]))).toMatchObject({ code: 'InvalidParameterException' })
  await add([subscriber('owner@uais.example')])
  expect(await refusal(add([subscriber('owner@uais.example')]))).toMatchObject({ code: 'DuplicateRecordException' })
  const found = await client.send(new DescribeNotificationsForBudgetCommand({ AccountId, BudgetName }))
  expect(found.Notifications).toEqual([{ ...Notification, ThresholdType: 'PERCENTAGE', NotificationState: 'OK' }])
  const Subscriber = subscriber('second@uais.example')
  await client.send(new CreateSubscriberCommand({ AccountId, BudgetName, Notification, Subscriber }))
  const subscribers = () =>
    client.send(new DescribeSubscribersForNotificationCommand({ AccountId, BudgetName, Notification }))
  expect((await subscribers()).Subscribers).toHaveLength(2)
  await client.send(new DeleteNotificationCommand({ AccountId, BudgetName, Notification }))
  expect(await refusal(subscribers())).toMatchObject({ code: 'NotFoundException' })
})

it('permissions are two: to view and to modify', async () => {
  const ResourceTags = [{ Key: 'a', Value: '1' }]
  await create('seen', '10', { ResourceTags })
  const ResourceARN = `arn:aws:budgets::${AccountId}:budget/seen`
  await client.send(new TagResourceCommand({ ResourceARN, ResourceTags: [{ Key: 'b', Value: '2' }] }))
  await client.send(new UntagResourceCommand({ ResourceARN, ResourceTagKeys: ['a'] }))
  const tags = await client.send(new ListTagsForResourceCommand({ ResourceARN }))
  expect(tags.ResourceTags).toEqual([{ Key: 'b', Value: '2' }])
  bench.role('claims', 'viewer', [{ Effect: 'Allow', Action: 'budgets:ViewBudget', Resource: ResourceARN }])
  const viewer = new BudgetsClient(await bench.as('claims', 'viewer'))
  await viewer.send(new DescribeBudgetCommand({ AccountId, BudgetName: 'seen' }))
  const change = new UpdateBudgetCommand({ AccountId, NewBudget: budget('seen', '1') })
  expect((await refusal(viewer.send(change))).message).toContain(`budgets:ModifyBudget on resource: ${ResourceARN}`)
})
