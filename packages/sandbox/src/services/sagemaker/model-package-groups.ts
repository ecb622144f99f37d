import type {
  CreateModelPackageGroupInput,
  CreateModelPackageGroupOutput,
  DeleteModelPackageGroupInput,
  DescribeModelPackageGroupInput,
  ListModelPackageGroupsInput,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onCreation, onResource } from './access.ts'
import { conflict, validation } from './errors.ts'
import { type ModelPackageGroupRow, modelPackageGroups, modelPackages } from './model-kinds.ts'
import { describe, list } from './plain-operations.ts'
import { find, nameOf, resourceArn, rows } from './resource.ts'
import { isReady, readyAt } from './settling.ts'
import { automaticTags, userContext } from './studio-session.ts'
import { createTags, forgetTags } from './tag-store.ts'

const keyOf = (input: { ModelPackageGroupName?: string | undefined }) => nameOf(input.ModelPackageGroupName ?? '')

const view = (row: ModelPackageGroupRow, now: Date) => ({
  ...row,
  ModelPackageGroupStatus: isReady(row, now) ? 'Completed' : 'Pending',
})

export const createModelPackageGroup = operation<CreateModelPackageGroupInput, CreateModelPackageGroupOutput>({
  name: 'CreateModelPackageGroup',
  access: (input, call) =>
    onCreation(call, {
      action: 'CreateModelPackageGroup',
      arn: resourceArn(modelPackageGroups, call, keyOf(input)),
      tags: input.Tags,
    }),
  handle: (input, call) => {
    const key = keyOf(input)
    const arn = resourceArn(modelPackageGroups, call, key)
    if (rows(modelPackageGroups, call).has(key)) throw validation(`Model Package Group already exists: ${arn}`)
    rows(modelPackageGroups, call).put(key, {
      ModelPackageGroupName: key,
      ModelPackageGroupArn: arn,
      ModelPackageGroupDescription: input.ModelPackageGroupDescription,
      CreationTime: call.now.toISOString(),
      CreatedBy: userContext(call),
      ModelPackageGroupStatus: 'Completed',
      readyAt: readyAt(call),
    })
    createTags(call, arn, input.Tags, automaticTags(call))
    return { ModelPackageGroupArn: arn }
  },
})

export const describeModelPackageGroup = describe<DescribeModelPackageGroupInput, ModelPackageGroupRow>(
  modelPackageGroups,
  keyOf,
  view,
)

export const listModelPackageGroups = list<ListModelPackageGroupsInput, ModelPackageGroupRow>(modelPackageGroups, {
  name: 'ListModelPackageGroups',
  member: 'ModelPackageGroupSummaryList',
  nameOf: (row) => row.ModelPackageGroupName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  view,
})

export const deleteModelPackageGroup = operation<DeleteModelPackageGroupInput, object>({
  name: 'DeleteModelPackageGroup',
  access: (input, call) => [
    onResource(call, 'DeleteModelPackageGroup', resourceArn(modelPackageGroups, call, keyOf(input))),
  ],
  handle: (input, call) => {
    const key = keyOf(input)
    const row = find(modelPackageGroups, call, key)
    const held = [...rows(modelPackages, call).values()].some((each) => each.ModelPackageGroupName === key)
    if (held)
      throw conflict(
        `Model Package Group ${row.ModelPackageGroupArn} cannot be deleted because it contains Model Packages.`,
      )
    rows(modelPackageGroups, call).delete(key)
    forgetTags(call, row.ModelPackageGroupArn ?? '')
    return {}
  },
})
