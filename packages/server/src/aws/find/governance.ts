import {
  BudgetsClient,
  DescribeBudgetActionsForBudgetCommand,
  DescribeBudgetCommand,
  ListTagsForResourceCommand,
} from '@aws-sdk/client-budgets'
import {
  ListTagsForResourceCommand as ListOrganizationTagsCommand,
  ListPoliciesCommand,
  ListTargetsForPolicyCommand,
  OrganizationsClient,
  type PolicyType,
} from '@aws-sdk/client-organizations'
import { orNone } from '../aws-error.ts'
import { type Finder, isOurs, nameOf } from './finder.ts'

export const budget: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const budgets = session.client(BudgetsClient)
  const found = await orNone(
    budgets.send(new DescribeBudgetCommand({ AccountId: session.accountId, BudgetName: name })),
  )
  if (!found?.Budget) return undefined
  const arn = `arn:${session.partition}:budgets::${session.accountId}:budget/${name}`
  const { ResourceTags } = await budgets.send(new ListTagsForResourceCommand({ ResourceARN: arn }))
  return isOurs(ResourceTags, wanted) ? `${session.accountId}:${name}` : undefined
}

/** A second action of the same budget would be made without a word. */
export const budgetAction: Finder = async (session, wanted) => {
  const name = nameOf(wanted, 'budget_name')
  if (!name) return undefined
  const budgets = session.client(BudgetsClient)
  const request = { AccountId: session.accountId, BudgetName: name }
  const found = await orNone(budgets.send(new DescribeBudgetActionsForBudgetCommand(request)))
  for (const { ActionId, ActionType } of found?.Actions ?? []) {
    if (!ActionId || ActionType !== wanted.after.action_type) continue
    const arn = `arn:${session.partition}:budgets::${session.accountId}:budget/${name}/action/${ActionId}`
    const { ResourceTags } = await budgets.send(new ListTagsForResourceCommand({ ResourceARN: arn }))
    if (isOurs(ResourceTags, wanted)) return `${session.accountId}:${ActionId}:${name}`
  }
  return undefined
}

export const organizationsPolicy: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  const organizations = session.client(OrganizationsClient)
  for (let token: string | undefined; ; ) {
    const page = await organizations.send(
      new ListPoliciesCommand({
        Filter: (wanted.after.type ?? 'SERVICE_CONTROL_POLICY') as PolicyType,
        ...(token ? { NextToken: token } : {}),
      }),
    )
    for (const { Id: id, Name } of page.Policies ?? []) {
      if (Name !== name || !id) continue
      const { Tags } = await organizations.send(new ListOrganizationTagsCommand({ ResourceId: id }))
      if (isOurs(Tags, wanted)) return id
    }
    token = page.NextToken
    if (!token) return undefined
  }
}

/** Attaching twice is refused (DuplicatePolicyAttachmentException), so an attachment that is there is taken in. */
export const organizationsPolicyAttachment: Finder = async (session, wanted) => {
  const { policy_id: policyId, target_id: targetId } = wanted.after
  if (typeof policyId !== 'string' || typeof targetId !== 'string') return undefined
  const { Targets } = await session
    .client(OrganizationsClient)
    .send(new ListTargetsForPolicyCommand({ PolicyId: policyId }))
  return Targets?.some((target) => target.TargetId === targetId) ? `${targetId}:${policyId}` : undefined
}
