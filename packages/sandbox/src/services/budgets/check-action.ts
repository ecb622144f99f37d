import type { Action } from '@aws-sdk/client-budgets'
import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { roles } from '../iam/state.ts'
import { organizationKey, organizations } from '../organizations/state.ts'

export const budgetsService = 'budgets.amazonaws.com'

/** Whoever hands the role to Budgets must be allowed to (IAM User Guide, "Grant a user permissions to pass a role"). */
export function passToBudgets(call: Call, roleArn: string | undefined): AccessCheck[] {
  if (!roleArn) return []
  const tags = roles(call).get(roleArn.slice(roleArn.lastIndexOf('/') + 1))?.tags
  const context = { 'iam:PassedToService': budgetsService }
  return [{ action: 'iam:PassRole', resource: roleArn, resourceAccount: call.account, resourceTags: tags, context }]
}

/** Which part of the definition an action's type needs (Budgets API Reference, "Definition"). */
const parts = {
  APPLY_IAM_POLICY: 'IamActionDefinition',
  APPLY_SCP_POLICY: 'ScpActionDefinition',
  RUN_SSM_DOCUMENTS: 'SsmActionDefinition',
} as const

const invalid = (message: string) => new AwsError('InvalidParameterException', message)

/** @throws AwsError InvalidParameterException for what its type, its place or its subscribers do not allow */
export function checkAction(action: Action, call: Call): void {
  const wanted = parts[action.ActionType as keyof typeof parts]
  const given = Object.entries(action.Definition ?? {}).flatMap(([name, part]) => (part ? [name] : []))
  if (given.length !== 1 || given[0] !== wanted)
    throw invalid(`An action of type ${action.ActionType} has exactly one definition: ${wanted}.`)
  if (
    action.ActionType === 'APPLY_SCP_POLICY' &&
    organizations(call).get(organizationKey)?.managementAccount !== call.account
  )
    throw invalid('Service control policy actions can only be created in a management account.')
  const { Users = [], Groups = [], Roles = [] } = action.Definition?.IamActionDefinition ?? {}
  if (action.ActionType === 'APPLY_IAM_POLICY' && Users.length + Groups.length + Roles.length === 0)
    throw invalid('An IAM action names at least one user, group or role.')
  const role = /^arn:[^:]+:iam::(\d{12}):role\//.exec(action.ExecutionRoleArn ?? '')
  if (role?.[1] !== call.account) throw invalid('The execution role must be a role of the budget’s account.')
}
