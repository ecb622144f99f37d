import type {
  CreateStudioLifecycleConfigRequest,
  CreateStudioLifecycleConfigResponse,
  DeleteStudioLifecycleConfigRequest,
  DescribeStudioLifecycleConfigRequest,
  ListStudioLifecycleConfigsRequest,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onCreation } from './access.ts'
import { resourceInUse } from './errors.ts'
import { describe, list, remove } from './plain-operations.ts'
import { resourceArn, rows, type Stored } from './resource.ts'
import { type StudioLifecycleConfigRow, studioLifecycleConfigs } from './studio-kinds.ts'
import { createTags } from './tag-store.ts'

const keyOf = (input: { StudioLifecycleConfigName?: string | undefined }) => input.StudioLifecycleConfigName ?? ''

export const createStudioLifecycleConfig = operation<
  CreateStudioLifecycleConfigRequest,
  CreateStudioLifecycleConfigResponse
>({
  name: 'CreateStudioLifecycleConfig',
  access: (input, call) =>
    onCreation(call, {
      action: 'CreateStudioLifecycleConfig',
      arn: resourceArn(studioLifecycleConfigs, call, keyOf(input)),
      tags: input.Tags,
    }),
  handle: (input, call) => {
    const key = keyOf(input)
    if (rows(studioLifecycleConfigs, call).has(key))
      throw resourceInUse(`Studio Lifecycle Config [${key}] already exists.`)
    const arn = resourceArn(studioLifecycleConfigs, call, key)
    const { Tags: _tags, ...settings } = input as Stored<CreateStudioLifecycleConfigRequest>
    const now = call.now.toISOString()
    rows(studioLifecycleConfigs, call).put(key, {
      ...settings,
      StudioLifecycleConfigArn: arn,
      CreationTime: now,
      LastModifiedTime: now,
    })
    createTags(call, arn, input.Tags, {})
    return { StudioLifecycleConfigArn: arn }
  },
})

export const describeStudioLifecycleConfig = describe<DescribeStudioLifecycleConfigRequest, StudioLifecycleConfigRow>(
  studioLifecycleConfigs,
  keyOf,
)

export const deleteStudioLifecycleConfig = remove<DeleteStudioLifecycleConfigRequest, StudioLifecycleConfigRow>(
  studioLifecycleConfigs,
  keyOf,
)

export const listStudioLifecycleConfigs = list<ListStudioLifecycleConfigsRequest, StudioLifecycleConfigRow>(
  studioLifecycleConfigs,
  {
    name: 'ListStudioLifecycleConfigs',
    member: 'StudioLifecycleConfigs',
    nameOf: (row) => row.StudioLifecycleConfigName ?? '',
    createdAt: (row) => row.CreationTime ?? '',
    filter: (row, input) => !input.AppTypeEquals || row.StudioLifecycleConfigAppType === input.AppTypeEquals,
  },
)
