import type { PolicyStatement } from '@uais/iam'
import { besidesRefused, costByTheHour } from '../controls/actions.ts'
import type { AccountParams } from '../params.ts'
import { but, deny } from '../statement.ts'

/** What else begins an hourly cost: apps, endpoints, batch transforms, notebooks that were stopped. */
const alsoByTheHour = [
  'sagemaker:CreateApp',
  'sagemaker:CreateEndpoint',
  'sagemaker:CreateTransformJob',
  'sagemaker:StartNotebookInstance',
]

/**
 * Service control policy that AWS Budgets attaches to the account when the month's budget is spent, and takes off when
 * the next month begins (AWS Cost Management User Guide, "Configuring a budget action"). What runs goes on until its
 * longest time. It stands above the account because inside of it nobody, Budgets included, may change a project's role.
 */
export const budgetStop = (params: AccountParams): PolicyStatement[] => [
  deny('COST1BudgetIsSpent', {
    Action: [...besidesRefused(params.profile, costByTheHour), ...alsoByTheHour].sort(),
    Resource: '*',
    Condition: but(params, 'break-glass'),
  }),
]
