import type * as Organizations from '@aws-sdk/client-organizations'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { demandManagement, findPolicy, onId } from './access.ts'
import { checkPolicy } from './check-policy.ts'
import { constraint, invalidInput } from './errors.ts'
import { attachments, type OrganizationPolicyRow, type PolicyType, policies } from './state.ts'
import { tagMap } from './tag-map.ts'

const paths: Record<PolicyType, string> = {
  SERVICE_CONTROL_POLICY: 'service_control_policy',
  RESOURCE_CONTROL_POLICY: 'resource_control_policy',
}

export function typeOf(type: string | undefined): PolicyType {
  if (type !== undefined && type in paths) return type as PolicyType
  throw invalidInput(`The sandbox knows no policy type ${type}.`, 'INVALID_ENUM_POLICY_TYPE')
}

const typeKey = (type: string | undefined): AccessCheck['context'] => ({ 'organizations:PolicyType': type })

export const createPolicy = operation<Organizations.CreatePolicyRequest, Organizations.CreatePolicyResponse>({
  name: 'CreatePolicy',
  access: (input) => {
    const requestTags = tagMap(input.Tags)
    const check = { resource: '*', requestTags, context: typeKey(input.Type) }
    const create = { ...check, action: 'organizations:CreatePolicy' }
    return input.Tags?.length ? [create, { ...check, action: 'organizations:TagResource' }] : [create]
  },
  handle: (input, call) => {
    const organization = demandManagement(call)
    const type = typeOf(input.Type)
    const name = input.Name ?? ''
    const content = input.Content ?? ''
    demandFreeName(call, name, type)
    checkPolicy(type, content)
    const id = `p-${call.id(8)}`
    const row: OrganizationPolicyRow = {
      id,
      arn: `arn:${call.partition}:organizations::${organization.managementAccount}:policy/${organization.id}/${paths[type]}/${id}`,
      name,
      description: input.Description ?? '',
      type,
      content,
      awsManaged: false,
      tags: tagMap(input.Tags),
    }
    policies(call).put(id, row)
    return { Policy: policyDetails(row) }
  },
})

function demandFreeName(call: Call, name: string, type: PolicyType, except?: string): void {
  for (const row of policies(call).values()) {
    if (row.name !== name || row.type !== type || row.id === except) continue
    throw new AwsError('DuplicatePolicyException', 'A policy with the same name already exists.')
  }
}

export const describePolicy = operation<Organizations.DescribePolicyRequest, Organizations.DescribePolicyResponse>({
  name: 'DescribePolicy',
  access: (input, call) => [onPolicy(call, 'DescribePolicy', input.PolicyId ?? '')],
  handle: (input, call) => {
    demandManagement(call)
    return { Policy: policyDetails(findPolicy(call, input.PolicyId ?? '')) }
  },
})

const onPolicy = (call: Call, action: string, id: string): AccessCheck =>
  onId(call, action, id, typeKey(policies(call).get(id)?.type))

export const updatePolicy = operation<Organizations.UpdatePolicyRequest, Organizations.UpdatePolicyResponse>({
  name: 'UpdatePolicy',
  access: (input, call) => [onPolicy(call, 'UpdatePolicy', input.PolicyId ?? '')],
  handle: (input, call) => {
    demandManagement(call)
    const row = ownPolicy(call, input.PolicyId ?? '')
    if (input.Name !== undefined) demandFreeName(call, input.Name, row.type, row.id)
    if (input.Content !== undefined) checkPolicy(row.type, input.Content)
    const changed = {
      ...row,
      name: input.Name ?? row.name,
      description: input.Description ?? row.description,
      content: input.Content ?? row.content,
    }
    policies(call).put(row.id, changed)
    return { Policy: policyDetails(changed) }
  },
})

export const deletePolicy = operation<Organizations.DeletePolicyRequest, object>({
  name: 'DeletePolicy',
  access: (input, call) => [onPolicy(call, 'DeletePolicy', input.PolicyId ?? '')],
  handle: (input, call) => {
    demandManagement(call)
    const row = ownPolicy(call, input.PolicyId ?? '')
    if ([...attachments(call).values()].some(({ policyId }) => policyId === row.id)) {
      throw new AwsError(
        'PolicyInUseException',
        'The policy is attached to one or more entities. You must detach it from all roots, OUs, and accounts before performing this operation.',
      )
    }
    policies(call).delete(row.id)
    return {}
  },
})

function ownPolicy(call: Call, id: string): OrganizationPolicyRow {
  const row = findPolicy(call, id)
  if (!row.awsManaged) return row
  throw constraint('You cannot change an AWS managed policy.', 'CANNOT_MODIFY_AWS_MANAGED_POLICY')
}

export const listPolicies = operation<Organizations.ListPoliciesRequest, Organizations.ListPoliciesResponse>({
  name: 'ListPolicies',
  access: (input) => [{ action: 'organizations:ListPolicies', resource: '*', context: typeKey(input.Filter) }],
  handle: (input, call) => {
    demandManagement(call)
    const type = typeOf(input.Filter)
    return { Policies: [...policies(call).values()].filter((row) => row.type === type).map(policySummary) }
  },
})

export function policySummary(row: OrganizationPolicyRow): Organizations.PolicySummary {
  return {
    Id: row.id,
    Arn: row.arn,
    Name: row.name,
    Description: row.description,
    Type: row.type,
    AwsManaged: row.awsManaged,
  }
}

const policyDetails = (row: OrganizationPolicyRow): Organizations.Policy => ({
  PolicySummary: policySummary(row),
  Content: row.content,
})
