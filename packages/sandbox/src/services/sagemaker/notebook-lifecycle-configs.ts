import type {
  CreateNotebookInstanceLifecycleConfigInput,
  CreateNotebookInstanceLifecycleConfigOutput,
  DeleteNotebookInstanceLifecycleConfigInput,
  DescribeNotebookInstanceLifecycleConfigInput,
  ListNotebookInstanceLifecycleConfigsInput,
  UpdateNotebookInstanceLifecycleConfigInput,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onCreation, onResource } from './access.ts'
import { validation } from './errors.ts'
import { type NotebookLifecycleConfigRow, notebookInstances, notebookLifecycleConfigs } from './notebook-kinds.ts'
import { describe, list } from './plain-operations.ts'
import { find, resourceArn, rows, type Stored } from './resource.ts'
import { createTags, forgetTags } from './tag-store.ts'

const keyOf = (input: { NotebookInstanceLifecycleConfigName?: string | undefined }) =>
  input.NotebookInstanceLifecycleConfigName ?? ''

export const createNotebookInstanceLifecycleConfig = operation<
  CreateNotebookInstanceLifecycleConfigInput,
  CreateNotebookInstanceLifecycleConfigOutput
>({
  name: 'CreateNotebookInstanceLifecycleConfig',
  access: (input, call) =>
    onCreation(call, {
      action: 'CreateNotebookInstanceLifecycleConfig',
      arn: resourceArn(notebookLifecycleConfigs, call, keyOf(input)),
      tags: input.Tags,
    }),
  handle: (input, call) => {
    const key = keyOf(input)
    const arn = resourceArn(notebookLifecycleConfigs, call, key)
    if (rows(notebookLifecycleConfigs, call).has(key))
      throw validation(
        `Unable to create Notebook Instance Lifecycle Config ${arn}. (Details: Notebook Instance Lifecycle Config already exists.)`,
      )
    const { Tags: _tags, ...scripts } = input as Stored<CreateNotebookInstanceLifecycleConfigInput>
    const now = call.now.toISOString()
    const row = { ...scripts, NotebookInstanceLifecycleConfigArn: arn, CreationTime: now, LastModifiedTime: now }
    rows(notebookLifecycleConfigs, call).put(key, row)
    createTags(call, arn, input.Tags, {})
    return { NotebookInstanceLifecycleConfigArn: arn }
  },
})

export const describeNotebookInstanceLifecycleConfig = describe<
  DescribeNotebookInstanceLifecycleConfigInput,
  NotebookLifecycleConfigRow
>(notebookLifecycleConfigs, keyOf)

export const updateNotebookInstanceLifecycleConfig = operation<UpdateNotebookInstanceLifecycleConfigInput, object>({
  name: 'UpdateNotebookInstanceLifecycleConfig',
  access: (input, call) => [
    onResource(
      call,
      'UpdateNotebookInstanceLifecycleConfig',
      resourceArn(notebookLifecycleConfigs, call, keyOf(input)),
    ),
  ],
  handle: (input, call) => {
    const row = find(notebookLifecycleConfigs, call, keyOf(input))
    rows(notebookLifecycleConfigs, call).put(keyOf(input), {
      ...row,
      ...input,
      LastModifiedTime: call.now.toISOString(),
    })
    return {}
  },
})

export const deleteNotebookInstanceLifecycleConfig = operation<DeleteNotebookInstanceLifecycleConfigInput, object>({
  name: 'DeleteNotebookInstanceLifecycleConfig',
  access: (input, call) => [
    onResource(
      call,
      'DeleteNotebookInstanceLifecycleConfig',
      resourceArn(notebookLifecycleConfigs, call, keyOf(input)),
    ),
  ],
  handle: (input, call) => {
    const key = keyOf(input)
    const arn = resourceArn(notebookLifecycleConfigs, call, key)
    const refuse = (why: string) =>
      validation(`Unable to delete Notebook Instance Lifecycle Config '${arn}'. (Details: ${why})`)
    if (!rows(notebookLifecycleConfigs, call).has(key))
      throw refuse('Notebook Instance Lifecycle Config does not exist.')
    const instances = [...rows(notebookInstances, call).values()]
    if (instances.some((instance) => instance.NotebookInstanceLifecycleConfigName === key))
      throw refuse('Notebook Instance Lifecycle Config is in use.')
    rows(notebookLifecycleConfigs, call).delete(key)
    forgetTags(call, arn)
    return {}
  },
})

export const listNotebookInstanceLifecycleConfigs = list<
  ListNotebookInstanceLifecycleConfigsInput,
  NotebookLifecycleConfigRow
>(notebookLifecycleConfigs, {
  name: 'ListNotebookInstanceLifecycleConfigs',
  member: 'NotebookInstanceLifecycleConfigs',
  nameOf: (row) => row.NotebookInstanceLifecycleConfigName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) =>
    !(input.LastModifiedTimeAfter && new Date(row.LastModifiedTime ?? 0) <= input.LastModifiedTimeAfter) &&
    !(input.LastModifiedTimeBefore && new Date(row.LastModifiedTime ?? 0) >= input.LastModifiedTimeBefore),
})
