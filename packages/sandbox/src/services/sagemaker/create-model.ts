import type { ContainerDefinition, CreateModelInput, CreateModelOutput } from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { onCreation } from './access.ts'
import { vpcKeys } from './condition-keys.ts'
import { validation } from './errors.ts'
import { type ModelRow, modelPackages, models } from './model-kinds.ts'
import { demandVpc, s3Origin } from './network.ts'
import { assumeExecutionRole, passRole } from './pass-role.ts'
import { find, nameOf, resourceArn, rows, type Stored } from './resource.ts'
import { parseS3Uri, readObjectHead } from './s3-objects.ts'
import { automaticTags } from './studio-session.ts'
import { createTags } from './tag-store.ts'

export const createModel = operation<CreateModelInput, CreateModelOutput>({
  name: 'CreateModel',
  access: (input, call) => {
    const arn = resourceArn(models, call, input.ModelName ?? '')
    const context = { ...vpcKeys(input.VpcConfig), 'sagemaker:NetworkIsolation': input.EnableNetworkIsolation ?? false }
    return [
      ...onCreation(call, { action: 'CreateModel', arn, tags: input.Tags, context }),
      ...passRole(call, input.ExecutionRoleArn, arn),
    ]
  },
  handle: async (input, call) => {
    const name = input.ModelName ?? ''
    const arn = resourceArn(models, call, name)
    if (rows(models, call).has(name)) throw validation(`Cannot create already existing model "${arn}".`)
    if (containersOf(input).length === 0) throw validation('One of PrimaryContainer or Containers must be specified.')
    if (input.VpcConfig) demandVpc(call, input.VpcConfig)
    for (const container of containersOf(input)) await checkContainer(call, input, container, arn)
    const { Tags: _tags, ...settings } = input as Stored<CreateModelInput>
    const row: ModelRow = {
      ...settings,
      ModelArn: arn,
      EnableNetworkIsolation: input.EnableNetworkIsolation ?? false,
      CreationTime: call.now.toISOString(),
    }
    rows(models, call).put(name, row)
    createTags(call, arn, input.Tags, automaticTags(call))
    return { ModelArn: arn }
  },
})

export function containersOf(model: {
  PrimaryContainer?: ContainerDefinition | undefined
  Containers?: ContainerDefinition[] | undefined
}): ContainerDefinition[] {
  return model.PrimaryContainer ? [model.PrimaryContainer] : (model.Containers ?? [])
}

/** Image and artifact of a container: its own, or those of the model package that it names. */
export function resolveContainer(call: Call, container: ContainerDefinition): { image: string; modelDataUrl: string } {
  const name = container.ModelPackageName && nameOf(container.ModelPackageName)
  const packaged = name ? find(modelPackages, call, name).InferenceSpecification?.Containers?.[0] : undefined
  const data = container.ModelDataUrl ?? container.ModelDataSource?.S3DataSource?.S3Uri ?? packaged?.ModelDataUrl
  return { image: container.Image ?? packaged?.Image ?? '', modelDataUrl: data ?? '' }
}

async function checkContainer(call: Call, input: CreateModelInput, container: ContainerDefinition, arn: string) {
  if (container.ModelPackageName) {
    const row = find(modelPackages, call, nameOf(container.ModelPackageName))
    if (row.ModelApprovalStatus !== undefined && row.ModelApprovalStatus !== 'Approved')
      throw validation(
        `Cannot create Model from ModelPackage ${row.ModelPackageArn} with approval status ${row.ModelApprovalStatus}.`,
      )
  }
  const { image, modelDataUrl } = resolveContainer(call, container)
  if (!image) throw validation('One of Image or ModelPackageName must be specified for each container.')
  if (!modelDataUrl) return
  if (!input.ExecutionRoleArn) throw validation('ExecutionRoleArn is required to access the model data.')
  parseS3Uri(modelDataUrl)
  const principal = await assumeExecutionRole(call, input.ExecutionRoleArn, { sourceArn: arn })
  const origin = s3Origin(call, input.VpcConfig)
  await readObjectHead(call, modelDataUrl, { principal, ...(origin ? { origin } : {}) }).catch(() => {
    throw validation(
      `Could not access model data at ${modelDataUrl}. Please ensure that the role "${input.ExecutionRoleArn}" exists and ` +
        'that its trust relationship policy allows the action "sts:AssumeRole" for the service principal ' +
        '"sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is ' +
        `located in ${call.region}. If your Model uses multiple models or uncompressed models, please ensure that the ` +
        'role has "s3:ListBucket" permission.',
    )
  })
}
