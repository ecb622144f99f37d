import type { CreateNotebookInstanceInput, CreateNotebookInstanceOutput } from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { onCreation } from './access.ts'
import { validation } from './errors.ts'
import { demandVpc } from './network.ts'
import { newNotebookKeys } from './notebook-keys.ts'
import { type NotebookInstanceRow, notebookInstances, notebookLifecycleConfigs } from './notebook-kinds.ts'
import { moveNotebook } from './notebook-state.ts'
import { assumeExecutionRole, passRole } from './pass-role.ts'
import { find, resourceArn, rows, type Stored } from './resource.ts'
import { automaticTags } from './studio-session.ts'
import { createTags } from './tag-store.ts'
import { grantVolumeKey } from './volume-key.ts'

/** Left out: the network interface in the subnet, and the Jupyter server behind the URL. */
export const createNotebookInstance = operation<CreateNotebookInstanceInput, CreateNotebookInstanceOutput>({
  name: 'CreateNotebookInstance',
  access: (input, call) => {
    const arn = resourceArn(notebookInstances, call, input.NotebookInstanceName ?? '')
    const context = newNotebookKeys(call, input)
    return [
      ...onCreation(call, { action: 'CreateNotebookInstance', arn, tags: input.Tags, context }),
      ...passRole(call, input.RoleArn, arn),
    ]
  },
  handle: async (input, call) => {
    const name = input.NotebookInstanceName ?? ''
    const arn = resourceArn(notebookInstances, call, name)
    if ([...rows(notebookInstances, call).values()].some((row) => row.NotebookInstanceArn === arn))
      throw validation(`Cannot create a duplicate Notebook Instance (${arn})`)
    checkPlace(input, call)
    const session = await assumeExecutionRole(call, input.RoleArn ?? '', { sourceArn: arn })
    const grant = await grantVolumeKey(call, { keyId: input.KmsKeyId, roleArn: input.RoleArn ?? '', session })
    moveNotebook(call, { ...newInstance(input, call, arn), grant }, 'Pending', 'InService')
    createTags(call, arn, input.Tags, automaticTags(call))
    return { NotebookInstanceArn: arn }
  },
})

function checkPlace(input: CreateNotebookInstanceInput, call: Call) {
  if (input.SubnetId) demandVpc(call, { Subnets: [input.SubnetId], SecurityGroupIds: input.SecurityGroupIds ?? [] })
  else if (input.DirectInternetAccess === 'Disabled')
    throw validation('SubnetId must be specified when DirectInternetAccess is set to Disabled.')
  else if (input.SecurityGroupIds?.length)
    throw validation('SubnetId must be specified when SecurityGroupIds are specified.')
  if (input.LifecycleConfigName) find(notebookLifecycleConfigs, call, input.LifecycleConfigName)
}

/** Defaults of the API Reference, CreateNotebookInstance. */
function newInstance(input: CreateNotebookInstanceInput, call: Call, arn: string): NotebookInstanceRow {
  const {
    Tags: _tags,
    SecurityGroupIds,
    LifecycleConfigName,
    ...settings
  } = input as Stored<CreateNotebookInstanceInput>
  const host = `${(input.NotebookInstanceName ?? '').toLowerCase()}-${call.id(4)}`
  return {
    ...settings,
    NotebookInstanceArn: arn,
    Url: `${host}.notebook.${call.region}.sagemaker.aws`,
    ...(SecurityGroupIds ? { SecurityGroups: SecurityGroupIds } : {}),
    ...(LifecycleConfigName ? { NotebookInstanceLifecycleConfigName: LifecycleConfigName } : {}),
    DirectInternetAccess: input.DirectInternetAccess ?? 'Enabled',
    RootAccess: input.RootAccess ?? 'Enabled',
    VolumeSizeInGB: input.VolumeSizeInGB ?? 5,
    IpAddressType: input.IpAddressType ?? 'ipv4',
    PlatformIdentifier: input.PlatformIdentifier ?? 'notebook-al2023-v1',
    CreationTime: call.now.toISOString(),
  }
}
