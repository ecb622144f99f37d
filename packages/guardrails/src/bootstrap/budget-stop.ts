import type { PolicyStatement } from '@uais/iam'
import { trustService } from '../documents/trust.ts'
import { budgetStopRoleArn, budgetStopRoleName, budgetStopTag, managedTag } from '../names.ts'
import type { OrganizationBootstrapParams } from '../params.ts'
import { allow } from '../statement.ts'

const service = 'budgets.amazonaws.com'
const ours = (p: OrganizationBootstrapParams) => `arn:${p.partition}:budgets::${p.managementAccountId}:budget/uais-*`

/**
 * The budget of an account with its action, kept by the platform. It lives in the management account: AWS Budgets takes
 * service control policies there only (AWS Cost Management User Guide, "Configuring a budget action").
 */
export const keepBudgets = (p: OrganizationBootstrapParams): PolicyStatement[] => [
  allow('KeepBudgets', {
    Action: [
      'budgets:CreateBudgetAction',
      'budgets:DeleteBudgetAction',
      'budgets:DescribeBudgetAction',
      'budgets:DescribeBudgetActionsForBudget',
      'budgets:ListTagsForResource',
      'budgets:ModifyBudget',
      'budgets:TagResource',
      'budgets:UntagResource',
      'budgets:UpdateBudgetAction',
      'budgets:ViewBudget',
    ],
    Resource: ours(p),
  }),
  allow('PassToBudgets', {
    Action: 'iam:PassRole',
    Resource: budgetStopRoleArn(p, p.managementAccountId),
    Condition: { StringEquals: { 'iam:PassedToService': service } },
  }),
]

/** The role that AWS Budgets takes when the budget of an account is spent, and what it holds. */
export function budgetStopRole(p: OrganizationBootstrapParams) {
  const policies = `arn:${p.partition}:organizations::${p.managementAccountId}:policy/*/service_control_policy/*`
  const accounts = `arn:${p.partition}:organizations::${p.managementAccountId}:account/*`
  const isTheStop = {
    [`aws:ResourceTag/${managedTag.key}`]: managedTag.value,
    [`aws:ResourceTag/${budgetStopTag.key}`]: budgetStopTag.value,
  }
  const Action = ['organizations:AttachPolicy', 'organizations:DetachPolicy']
  return {
    name: budgetStopRoleName,
    purpose: 'Lets AWS Budgets stop new work in an account whose budget is spent, where its owner wants that.',
    trustedPrincipal: service,
    trust: [
      trustService('IDN6OnlyBudgetsOfThisAccount', {
        ...{ service, account: p.managementAccountId },
        onBehalfOf: ours(p),
      }),
    ],
    policies: {
      [budgetStopRoleName]: [
        allow('AttachTheStop', { Action, Resource: policies, Condition: { StringEquals: isTheStop } }),
        allow('AttachToAccounts', {
          Action,
          Resource: accounts,
          Condition: { StringEquals: { 'organizations:PolicyType': 'SERVICE_CONTROL_POLICY' } },
        }),
      ],
    },
    reads: false,
    may: ['attach to an account, and detach from it, the policy of UAIS that refuses new work'],
    mayNot: ['attach or detach any other policy', 'be entered by a person or by the platform'],
  }
}
