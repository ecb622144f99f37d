import type {
  DeleteResourcePolicyRequest,
  DescribeResourcePoliciesRequest,
  DescribeResourcePoliciesResponse,
  PutResourcePolicyRequest,
  PutResourcePolicyResponse,
} from '@aws-sdk/client-cloudwatch-logs'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { isPolicyFault, readResourcePolicy } from '../resource-policy.ts'
import { onAny } from './access.ts'
import { resourcePolicies } from './state.ts'

/** Ten policies per region (CloudWatch Logs User Guide, "Quotas"). */
export const putResourcePolicy = operation<PutResourcePolicyRequest, PutResourcePolicyResponse>({
  name: 'PutResourcePolicy',
  access: () => onAny('PutResourcePolicy'),
  handle: (input, call) => {
    const fault = readResourcePolicy(input.policyDocument ?? '')
    if (isPolicyFault(fault)) throw new AwsError('InvalidParameterException', `Policy is invalid: ${fault.reason}`)
    const table = resourcePolicies(call)
    const name = input.policyName ?? ''
    if (name === '') throw new AwsError('InvalidParameterException', 'policyName must be specified.')
    if (!table.has(name) && table.size >= 10) throw new AwsError('LimitExceededException', 'Resource limit exceeded.')
    const row = { name, text: input.policyDocument ?? '', updated: call.now.getTime() }
    table.put(name, row)
    return { resourcePolicy: { policyName: name, policyDocument: row.text, lastUpdatedTime: row.updated } }
  },
})

export const deleteResourcePolicy = operation<DeleteResourcePolicyRequest, void>({
  name: 'DeleteResourcePolicy',
  access: () => onAny('DeleteResourcePolicy'),
  handle: (input, call) => {
    if (!resourcePolicies(call).delete(input.policyName ?? ''))
      throw new AwsError('ResourceNotFoundException', `Policy with name [${input.policyName}] does not exist.`)
  },
})

export const describeResourcePolicies = operation<DescribeResourcePoliciesRequest, DescribeResourcePoliciesResponse>({
  name: 'DescribeResourcePolicies',
  access: () => onAny('DescribeResourcePolicies'),
  handle: (_input, call) => ({
    resourcePolicies: [...resourcePolicies(call).values()].map((row) => ({
      policyName: row.name,
      policyDocument: row.text,
      lastUpdatedTime: row.updated,
    })),
  }),
})
