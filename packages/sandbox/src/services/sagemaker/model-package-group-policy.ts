import type {
  DeleteModelPackageGroupPolicyInput,
  GetModelPackageGroupPolicyInput,
  GetModelPackageGroupPolicyOutput,
  PutModelPackageGroupPolicyInput,
  PutModelPackageGroupPolicyOutput,
} from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { isPolicyFault, readResourcePolicy } from '../resource-policy.ts'
import { onResource } from './access.ts'
import { validation } from './errors.ts'
import { modelPackageGroups } from './model-kinds.ts'
import { find, nameOf, resourceArn, rows } from './resource.ts'

type Named = { ModelPackageGroupName?: string | undefined }
const keyOf = (input: Named) => nameOf(input.ModelPackageGroupName ?? '')
const access = (action: string) => (input: Named, call: Call) => [
  onResource(call, action, resourceArn(modelPackageGroups, call, keyOf(input))),
]

/** Stored and answered; calls from other accounts, which such a policy would allow, are not. */
export const putModelPackageGroupPolicy = operation<PutModelPackageGroupPolicyInput, PutModelPackageGroupPolicyOutput>({
  name: 'PutModelPackageGroupPolicy',
  access: access('PutModelPackageGroupPolicy'),
  handle: (input, call) => {
    const row = find(modelPackageGroups, call, keyOf(input))
    const policy = input.ResourcePolicy ?? ''
    const read = readResourcePolicy(policy)
    if (isPolicyFault(read)) throw validation(`Invalid resource policy: ${read.reason}`)
    rows(modelPackageGroups, call).put(keyOf(input), { ...row, policy })
    return { ModelPackageGroupArn: row.ModelPackageGroupArn }
  },
})

export const getModelPackageGroupPolicy = operation<GetModelPackageGroupPolicyInput, GetModelPackageGroupPolicyOutput>({
  name: 'GetModelPackageGroupPolicy',
  access: access('GetModelPackageGroupPolicy'),
  handle: (input, call) => {
    const { policy, ModelPackageGroupArn } = find(modelPackageGroups, call, keyOf(input))
    if (!policy) throw validation(`Cannot find resource policy for: ${ModelPackageGroupArn}`)
    return { ResourcePolicy: policy }
  },
})

export const deleteModelPackageGroupPolicy = operation<DeleteModelPackageGroupPolicyInput, object>({
  name: 'DeleteModelPackageGroupPolicy',
  access: access('DeleteModelPackageGroupPolicy'),
  handle: (input, call) => {
    const { policy, ...row } = find(modelPackageGroups, call, keyOf(input))
    if (!policy) throw validation(`Cannot find resource policy for: ${row.ModelPackageGroupArn}`)
    rows(modelPackageGroups, call).put(keyOf(input), row)
    return {}
  },
})
