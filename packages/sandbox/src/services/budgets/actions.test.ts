import {
  BudgetsClient,
  CreateBudgetActionCommand,
  type CreateBudgetActionRequest,
  CreateBudgetCommand,
  DeleteBudgetActionCommand,
  DescribeBudgetActionCommand,
  DescribeBudgetActionsForAccountCommand,
  DescribeBudgetActionsForBudgetCommand,
  ExecuteBudgetActionCommand,
  type ExecutionType,
  ListTagsForResourceCommand,
  UpdateBudgetActionCommand,
} from '@aws-sdk/client-budgets'
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { CreatePolicyCommand, OrganizationsClient } from '@aws-sdk/client-organizations'
import { CreateModelPackageGroupCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { accounts, refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let client: BudgetsClient
let policyId: string
const AccountId = accounts.management
const BudgetName = 'claims'
const roleArn = `arn:aws:iam::${AccountId}:role/stop`

beforeAll(async () => {
  bench = await startTestBench()
  const config = await bench.as('management', 'admin')
  client = new BudgetsClient(config)
  const BudgetLimit = { Amount: '100', Unit: 'USD' }
  const Budget = { BudgetName, BudgetType: 'COST' as const, TimeUnit: 'MONTHLY' as const, BudgetLimit }
  await client.send(new CreateBudgetCommand({ AccountId, Budget }))
  const Content = document({ Effect: 'Deny', Action: 'sagemaker:Create*', Resource: '*' })
  const stop = { Name: 'stop', Description: '-', Type: 'SERVICE_CONTROL_POLICY' as const, Content }
  const { Policy } = await new OrganizationsClient(config).send(new CreatePolicyCommand(stop))
  policyId = Policy?.PolicySummary?.Id ?? ''
  const iam = new IAMClient(config)
  const trust = { Effect: 'Allow', Principal: { Service: 'budgets.amazonaws.com' }, Action: 'sts:AssumeRole' }
  await iam.send(new CreateRoleCommand({ RoleName: 'stop', AssumeRolePolicyDocument: document(trust) }))
  const attach = {
    Effect: 'Allow',
    Action: ['organizations:AttachPolicy', 'organizations:DetachPolicy'],
    Resource: '*',
  }
  const PolicyDocument = document(attach)
  await iam.send(new PutRolePolicyCommand({ RoleName: 'stop', PolicyName: 'attach', PolicyDocument }))
})
afterAll(() => bench.stop())

const document = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const wanted = (more: Partial<CreateBudgetActionRequest> = {}): CreateBudgetActionRequest => ({
  ...{ AccountId, BudgetName, NotificationType: 'ACTUAL', ActionType: 'APPLY_SCP_POLICY', ApprovalModel: 'AUTOMATIC' },
  ActionThreshold: { ActionThresholdType: 'PERCENTAGE', ActionThresholdValue: 100 },
  Definition: { ScpActionDefinition: { PolicyId: policyId, TargetIds: [accounts.claims] } },
  ExecutionRoleArn: roleArn,
  Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'owner@uais.example' }],
  ...more,
})
async function create(more: Partial<CreateBudgetActionRequest> = {}): Promise<string> {
  return (await client.send(new CreateBudgetActionCommand(wanted(more)))).ActionId ?? ''
}
const describeAction = async (ActionId: string) =>
  (await client.send(new DescribeBudgetActionCommand({ AccountId, BudgetName, ActionId }))).Action
const remove = (ActionId: string) => client.send(new DeleteBudgetActionCommand({ AccountId, BudgetName, ActionId }))
const execute = (ActionId: string, ExecutionType: ExecutionType) =>
  client.send(new ExecuteBudgetActionCommand({ AccountId, BudgetName, ActionId, ExecutionType }))

async function spend(amount: number, action: string, status: string) {
  const answer = await fetch(`${bench.sandbox.url}/_sandbox/spend`, {
    method: 'PUT',
    headers: { 'x-uais-sandbox': '1' },
    body: JSON.stringify({ account: AccountId, budget: BudgetName, amount }),
  })
  expect(answer.status).toBe(202)
  await expect.poll(async () => (await describeAction(action))?.Status).toBe(status)
}
async function work() {
  const sagemaker = new SageMakerClient(await bench.as('claims', 'admin'))
  return sagemaker.send(new CreateModelPackageGroupCommand({ ModelPackageGroupName: `g-${crypto.randomUUID()}` }))
}

it('an action is kept, described, changed, tagged and deleted', async () => {
  const ActionId = await create({ ResourceTags: [{ Key: 'ManagedBy', Value: 'UAIS' }] })
  expect(ActionId).toMatch(/^[0-9a-f-]{36}$/)
  expect(await describeAction(ActionId)).toMatchObject({ ActionId, Status: 'STANDBY', ExecutionRoleArn: roleArn })
  const listed = await client.send(new DescribeBudgetActionsForBudgetCommand({ AccountId, BudgetName }))
  expect(listed.Actions).toHaveLength(1)
  const ResourceARN = `arn:aws:budgets::${AccountId}:budget/${BudgetName}/action/${ActionId}`
  const { ResourceTags } = await client.send(new ListTagsForResourceCommand({ ResourceARN }))
  expect(ResourceTags).toEqual([{ Key: 'ManagedBy', Value: 'UAIS' }])
  const change = { AccountId, BudgetName, ActionId, ApprovalModel: 'MANUAL' as const }
  const { OldAction, NewAction } = await client.send(new UpdateBudgetActionCommand(change))
  expect([OldAction?.ApprovalModel, NewAction?.ApprovalModel]).toEqual(['AUTOMATIC', 'MANUAL'])
  await remove(ActionId)
  expect(await refusal(describeAction(ActionId))).toMatchObject({ code: 'NotFoundException' })
})

it('a spent budget stops an account above it, and the next month frees it', async () => {
  const action = await create()
  await work()
  await spend(100, action, 'STANDBY')
  await spend(100.01, action, 'EXECUTION_SUCCESS')
  expect((await refusal(work())).message).toContain('explicit deny in a service control policy')
  await spend(0, action, 'STANDBY')
  await work()
  await remove(action)
})

it('a manual action waits, is approved, taken back and made ready again', async () => {
  const action = await create({ ApprovalModel: 'MANUAL' })
  expect(await refusal(execute(action, 'APPROVE_BUDGET_ACTION'))).toMatchObject({ code: 'InvalidParameterException' })
  await spend(150, action, 'PENDING')
  await execute(action, 'APPROVE_BUDGET_ACTION')
  expect((await refusal(work())).code).toBe('AccessDeniedException')
  await execute(action, 'REVERSE_BUDGET_ACTION')
  expect((await describeAction(action))?.Status).toBe('REVERSE_SUCCESS')
  await work()
  await execute(action, 'RESET_BUDGET_ACTION')
  expect((await describeAction(action))?.Status).toBe('STANDBY')
  await spend(0, action, 'STANDBY')
  await remove(action)
})

it('an action fails when its role does not trust Budgets, and can be tried again', async () => {
  const action = await create({ ExecutionRoleArn: `arn:aws:iam::${AccountId}:role/admin` })
  await spend(150, action, 'EXECUTION_FAILURE')
  await client.send(
    new UpdateBudgetActionCommand({ AccountId, BudgetName, ActionId: action, ExecutionRoleArn: roleArn }),
  )
  await execute(action, 'RETRY_BUDGET_ACTION')
  expect((await describeAction(action))?.Status).toBe('EXECUTION_SUCCESS')
  await spend(0, action, 'STANDBY')
  await remove(action)
})

it('senseless actions are refused', async () => {
  const iam = { IamActionDefinition: { PolicyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess', Roles: ['x'] } }
  expect(await refusal(create({ Definition: iam }))).toMatchObject({ code: 'InvalidParameterException' })
  expect(await refusal(create({ ExecutionRoleArn: 'arn:aws:iam::300000000003:role/stop' }))).toMatchObject({
    code: 'InvalidParameterException',
  })
  expect(await refusal(create({ BudgetName: 'none' }))).toMatchObject({ code: 'NotFoundException' })
  const member = new BudgetsClient(await bench.as('claims', 'admin'))
  const inMember = { AccountId: accounts.claims, ExecutionRoleArn: 'arn:aws:iam::300000000003:role/admin' }
  const Budget = { BudgetName, BudgetType: 'COST' as const, TimeUnit: 'MONTHLY' as const }
  const BudgetLimit = { Amount: '100', Unit: 'USD' }
  await member.send(new CreateBudgetCommand({ AccountId: accounts.claims, Budget: { ...Budget, BudgetLimit } }))
  expect(await refusal(member.send(new CreateBudgetActionCommand(wanted(inMember))))).toMatchObject({
    message: 'Service control policy actions can only be created in a management account.',
  })
})

it('whoever makes an action must be allowed to, and to hand its role to Budgets', async () => {
  const own = `arn:aws:budgets::${AccountId}:budget/*`
  bench.role('management', 'maker', [{ Effect: 'Allow', Action: 'budgets:*', Resource: own }])
  const maker = new BudgetsClient(await bench.as('management', 'maker'))
  const made = maker.send(new CreateBudgetActionCommand(wanted()))
  expect((await refusal(made)).message).toContain(`iam:PassRole on resource: ${roleArn}`)
  const all = maker.send(new DescribeBudgetActionsForAccountCommand({ AccountId }))
  expect((await refusal(all)).code).toBe('AccessDeniedException')
})
