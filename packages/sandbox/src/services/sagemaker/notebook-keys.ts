import type { CreateNotebookInstanceInput, UpdateNotebookInstanceInput } from '@aws-sdk/client-sagemaker'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { keyArn, listKey, vpcKeys } from './condition-keys.ts'
import { notebookLifecycleConfigs } from './notebook-kinds.ts'
import { resourceArn } from './resource.ts'

type Context = NonNullable<AccessCheck['context']>

/** Service Authorization Reference, CreateNotebookInstance; defaults of the API Reference count as if they were sent. */
export function newNotebookKeys(call: Call, input: CreateNotebookInstanceInput): Context {
  const vpc = { Subnets: input.SubnetId ? [input.SubnetId] : [], SecurityGroupIds: input.SecurityGroupIds ?? [] }
  return {
    ...changedNotebookKeys(call, input),
    ...vpcKeys(vpc),
    'sagemaker:VolumeKmsKeyArn': keyArn(call, input.KmsKeyId),
    'sagemaker:DirectInternetAccess': input.DirectInternetAccess ?? 'Enabled',
    'sagemaker:RootAccess': input.RootAccess ?? 'Enabled',
  }
}

/** Service Authorization Reference, UpdateNotebookInstance: of what the request changes. */
export function changedNotebookKeys(
  call: Call,
  input: CreateNotebookInstanceInput | UpdateNotebookInstanceInput,
): Context {
  const config = input.LifecycleConfigName
  return {
    ...listKey('sagemaker:InstanceTypes', [input.InstanceType]),
    ...listKey('sagemaker:AcceleratorTypes', input.AcceleratorTypes),
    ...listKey('sagemaker:NotebookInstanceLifecycleConfigArns', [
      config ? resourceArn(notebookLifecycleConfigs, call, config) : undefined,
    ]),
    'sagemaker:RootAccess': input.RootAccess,
    'sagemaker:MinimumInstanceMetadataServiceVersion':
      input.InstanceMetadataServiceConfiguration?.MinimumInstanceMetadataServiceVersion,
  }
}
