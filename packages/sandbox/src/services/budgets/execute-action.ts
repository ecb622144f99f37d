import type {
  Action,
  ActionStatus,
  ExecuteBudgetActionRequest,
  ExecuteBudgetActionResponse,
  ExecutionType,
} from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { type ActionRow, actionArn, findAction, onAction, putAction } from './action-state.ts'
import { budgetsService } from './check-action.ts'
import { checkAccount } from './state.ts'

/** From which status each execution may start (Budgets API Reference, "ExecuteBudgetAction", "Action"). */
const starts: Record<ExecutionType, readonly ActionStatus[]> = {
  APPROVE_BUDGET_ACTION: ['PENDING'],
  RETRY_BUDGET_ACTION: ['EXECUTION_FAILURE'],
  REVERSE_BUDGET_ACTION: ['EXECUTION_SUCCESS', 'REVERSE_FAILURE'],
  RESET_BUDGET_ACTION: ['REVERSE_SUCCESS', 'RESET_FAILURE'],
}

export const executeBudgetAction = operation<ExecuteBudgetActionRequest, ExecuteBudgetActionResponse>({
  name: 'ExecuteBudgetAction',
  access: (input, call) => [onAction('ExecuteBudgetAction', input.BudgetName, input.ActionId ?? '', call)],
  async handle(input, call) {
    checkAccount(input.AccountId, call)
    const row = findAction(call, input.BudgetName, input.ActionId)
    const { Status } = row.action
    const kind = input.ExecutionType ?? 'APPROVE_BUDGET_ACTION'
    if (!Status || !starts[kind].includes(Status))
      throw new AwsError('InvalidParameterException', `${kind} cannot be applied to an action in status ${Status}.`)
    if (kind === 'RESET_BUDGET_ACTION') putAction(call, withStatus(row, 'STANDBY'))
    else await carryOut(call, row, kind === 'REVERSE_BUDGET_ACTION' ? 'back' : 'out')
    const { AccountId, BudgetName, ActionId } = input
    return { AccountId, BudgetName, ActionId, ExecutionType: kind }
  },
})

const withStatus = (row: ActionRow, Status: ActionStatus): ActionRow => ({ ...row, action: { ...row.action, Status } })

/** Attaches what the action names, or takes it off again, in a session of its execution role; the status says whether it held. */
export async function carryOut(call: Call, row: ActionRow, way: 'out' | 'back'): Promise<void> {
  const [success, failure] =
    way === 'out'
      ? (['EXECUTION_SUCCESS', 'EXECUTION_FAILURE'] as const)
      : (['REVERSE_SUCCESS', 'REVERSE_FAILURE'] as const)
  try {
    const { BudgetName, ActionId, ExecutionRoleArn } = row.action
    const principal = await call.assumeAsService(ExecutionRoleArn ?? '', budgetsService, {
      sessionName: 'BudgetsAction',
      sourceArn: actionArn(call, BudgetName ?? '', ActionId ?? ''),
    })
    for (const { service, operation: name, input } of steps(row.action, way))
      await call.invoke(service, name, input, { principal, via: budgetsService })
    putAction(call, withStatus(row, success))
  } catch (error) {
    if (!(error instanceof AwsError)) throw error
    putAction(call, withStatus(row, failure))
  }
}

function steps({ Definition, ActionType }: Action, way: 'out' | 'back') {
  const verb = way === 'out' ? 'Attach' : 'Detach'
  const { ScpActionDefinition: scp, IamActionDefinition: iam } = Definition ?? {}
  if (scp)
    return (scp.TargetIds ?? []).map((TargetId) => ({
      service: 'organizations',
      operation: `${verb}Policy`,
      input: { PolicyId: scp.PolicyId, TargetId },
    }))
  if (!iam) throw new AwsError('NotImplemented', `The sandbox carries out no action of type ${ActionType}.`, 501)
  const attach = (kind: string, names: readonly string[] = []) =>
    names.map((name) => ({
      service: 'iam',
      operation: `${verb}${kind}Policy`,
      input: { PolicyArn: iam.PolicyArn, [`${kind}Name`]: name },
    }))
  return [...attach('Role', iam.Roles), ...attach('User', iam.Users), ...attach('Group', iam.Groups)]
}
