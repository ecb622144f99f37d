import type {
  DeleteModelPackageInput,
  DescribeModelPackageInput,
  ListModelPackagesInput,
  UpdateModelPackageInput,
  UpdateModelPackageOutput,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onResource } from './access.ts'
import { approvalKeys } from './create-model-package.ts'
import { emitStateChange } from './events.ts'
import { recordApproval } from './lineage-of-models.ts'
import { type ModelPackageRow, modelPackages } from './model-kinds.ts'
import { describe, list, remove } from './plain-operations.ts'
import { find, nameOf, resourceArn, rows, type Stored } from './resource.ts'
import { userContext } from './studio-session.ts'

export const describeModelPackage = describe<DescribeModelPackageInput, ModelPackageRow>(modelPackages, (input) =>
  nameOf(input.ModelPackageName ?? ''),
)

export const deleteModelPackage = remove<DeleteModelPackageInput, ModelPackageRow>(modelPackages, (input) =>
  nameOf(input.ModelPackageName ?? ''),
)

export const listModelPackages = list<ListModelPackagesInput, ModelPackageRow>(modelPackages, {
  name: 'ListModelPackages',
  member: 'ModelPackageSummaryList',
  nameOf: (row) => row.ModelPackageName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) => {
    const group = input.ModelPackageGroupName && nameOf(input.ModelPackageGroupName)
    const type = input.ModelPackageType ?? (group ? 'Versioned' : 'Unversioned')
    return (
      (group === undefined || row.ModelPackageGroupName === group) &&
      (type === 'Both' || (type === 'Versioned') === (row.ModelPackageGroupName !== undefined)) &&
      (!input.ModelApprovalStatus || row.ModelApprovalStatus === input.ModelApprovalStatus)
    )
  },
})

export const updateModelPackage = operation<UpdateModelPackageInput, UpdateModelPackageOutput>({
  name: 'UpdateModelPackage',
  access: (input, call) => {
    const arn = resourceArn(modelPackages, call, nameOf(input.ModelPackageArn ?? ''))
    return [onResource(call, 'UpdateModelPackage', arn, approvalKeys(input))]
  },
  handle: (input, call) => {
    const key = nameOf(input.ModelPackageArn ?? '')
    const before = find(modelPackages, call, key)
    const { CustomerMetadataPropertiesToRemove: gone = [], ...changes } = input as Stored<UpdateModelPackageInput>
    const metadata = Object.entries({ ...before.CustomerMetadataProperties, ...changes.CustomerMetadataProperties })
    const row: ModelPackageRow = {
      ...before,
      ...changes,
      ...(metadata.length > 0
        ? { CustomerMetadataProperties: Object.fromEntries(metadata.filter(([name]) => !gone.includes(name))) }
        : {}),
      LastModifiedTime: call.now.toISOString(),
      LastModifiedBy: userContext(call),
    }
    rows(modelPackages, call).put(key, row)
    if (row.ModelApprovalStatus !== before.ModelApprovalStatus) recordApproval(call, row)
    emitStateChange(call, 'Model Package', row.ModelPackageArn ?? '', row)
    return { ModelPackageArn: row.ModelPackageArn }
  },
})
