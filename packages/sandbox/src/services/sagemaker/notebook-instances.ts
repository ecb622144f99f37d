import { randomBytes } from 'node:crypto'
import type {
  CreatePresignedNotebookInstanceUrlInput,
  CreatePresignedNotebookInstanceUrlOutput,
  DeleteNotebookInstanceInput,
  DescribeNotebookInstanceInput,
  ListNotebookInstancesInput,
  StartNotebookInstanceInput,
  StopNotebookInstanceInput,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onResource } from './access.ts'
import { type NotebookInstanceRow, notebookInstances } from './notebook-kinds.ts'
import { demandStatus, moveNotebook } from './notebook-state.ts'
import { assumeExecutionRole } from './pass-role.ts'
import { describe, list } from './plain-operations.ts'
import { find, resourceArn } from './resource.ts'
import { forgetTags } from './tag-store.ts'
import { retireVolumeGrant } from './volume-key.ts'

const keyOf = (input: { NotebookInstanceName?: string | undefined }) => input.NotebookInstanceName ?? ''

export const describeNotebookInstance = describe<DescribeNotebookInstanceInput, NotebookInstanceRow>(
  notebookInstances,
  keyOf,
)

type Listing = Omit<ListNotebookInstancesInput, 'SortBy'> & { SortBy?: string }

export const listNotebookInstances = list<Listing, NotebookInstanceRow>(notebookInstances, {
  name: 'ListNotebookInstances',
  member: 'NotebookInstances',
  nameOf: (row) => row.NotebookInstanceName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  sortBy: 'Name',
  filter: (row, input) =>
    (!input.StatusEquals || row.NotebookInstanceStatus === input.StatusEquals) &&
    (row.NotebookInstanceLifecycleConfigName ?? '').includes(input.NotebookInstanceLifecycleConfigNameContains ?? '') &&
    (row.DefaultCodeRepository ?? '').includes(input.DefaultCodeRepositoryContains ?? '') &&
    (!input.AdditionalCodeRepositoryEquals ||
      (row.AdditionalCodeRepositories ?? []).includes(input.AdditionalCodeRepositoryEquals)) &&
    !(input.LastModifiedTimeAfter && new Date(row.LastModifiedTime ?? 0) <= input.LastModifiedTimeAfter) &&
    !(input.LastModifiedTimeBefore && new Date(row.LastModifiedTime ?? 0) >= input.LastModifiedTimeBefore),
})

export const startNotebookInstance = operation<StartNotebookInstanceInput, object>({
  name: 'StartNotebookInstance',
  access: (input, call) => [
    onResource(call, 'StartNotebookInstance', resourceArn(notebookInstances, call, keyOf(input))),
  ],
  handle: (input, call) => {
    const row = find(notebookInstances, call, keyOf(input))
    demandStatus(row, ['Stopped', 'Failed'], 'Pending')
    moveNotebook(call, row, 'Pending', 'InService')
    return {}
  },
})

export const stopNotebookInstance = operation<StopNotebookInstanceInput, object>({
  name: 'StopNotebookInstance',
  access: (input, call) => [
    onResource(call, 'StopNotebookInstance', resourceArn(notebookInstances, call, keyOf(input))),
  ],
  handle: (input, call) => {
    const row = find(notebookInstances, call, keyOf(input))
    demandStatus(row, ['InService'], 'Stopping')
    moveNotebook(call, row, 'Stopping', 'Stopped')
    return {}
  },
})

export const deleteNotebookInstance = operation<DeleteNotebookInstanceInput, object>({
  name: 'DeleteNotebookInstance',
  access: (input, call) => [
    onResource(call, 'DeleteNotebookInstance', resourceArn(notebookInstances, call, keyOf(input))),
  ],
  handle: async (input, call) => {
    const row = find(notebookInstances, call, keyOf(input))
    demandStatus(row, ['Stopped', 'Failed'], 'Deleting')
    const arn = row.NotebookInstanceArn ?? ''
    if (row.grant) {
      const session = await assumeExecutionRole(call, row.RoleArn ?? '', { sourceArn: arn })
      await retireVolumeGrant(call, row.grant, session)
    }
    moveNotebook(call, row, 'Deleting', 'gone')
    forgetTags(call, arn)
    return {}
  },
})

/** A URL in SageMaker's form; the sandbox serves no notebook behind it. */
export const createPresignedNotebookInstanceUrl = operation<
  CreatePresignedNotebookInstanceUrlInput,
  CreatePresignedNotebookInstanceUrlOutput
>({
  name: 'CreatePresignedNotebookInstanceUrl',
  access: (input, call) => [
    onResource(call, 'CreatePresignedNotebookInstanceUrl', resourceArn(notebookInstances, call, keyOf(input))),
  ],
  handle: (input, call) => {
    const row = find(notebookInstances, call, keyOf(input))
    demandStatus(row, ['InService'], 'InService')
    return { AuthorizedUrl: `https://${row.Url}?authToken=${randomBytes(64).toString('base64url')}` }
  },
})
