import type { DeleteModelInput, DescribeModelInput } from '@aws-sdk/client-sagemaker'
import { type ModelRow, models } from './model-kinds.ts'
import { describe, list, remove } from './plain-operations.ts'

export const describeModel = describe<DescribeModelInput, ModelRow>(models, (input) => input.ModelName ?? '')
export const deleteModel = remove<DeleteModelInput, ModelRow>(models, (input) => input.ModelName ?? '')

export const listModels = list(models, {
  name: 'ListModels',
  member: 'Models',
  nameOf: (row) => row.ModelName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
})
