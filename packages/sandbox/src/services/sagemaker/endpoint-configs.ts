import type {
  CreateEndpointConfigInput,
  CreateEndpointConfigOutput,
  DeleteEndpointConfigInput,
  DescribeEndpointConfigInput,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onCreation } from './access.ts'
import { endpointConfigKeys, keyArn, vpcKeys } from './condition-keys.ts'
import { validation } from './errors.ts'
import { type EndpointConfigRow, endpointConfigs, models } from './model-kinds.ts'
import { passRole } from './pass-role.ts'
import { describe, list, remove } from './plain-operations.ts'
import { find, resourceArn, rows, type Stored } from './resource.ts'
import { automaticTags } from './studio-session.ts'
import { createTags } from './tag-store.ts'

const keyOf = (input: { EndpointConfigName?: string | undefined }) => input.EndpointConfigName ?? ''

export const createEndpointConfig = operation<CreateEndpointConfigInput, CreateEndpointConfigOutput>({
  name: 'CreateEndpointConfig',
  access: (input, call) => {
    const arn = resourceArn(endpointConfigs, call, keyOf(input))
    const variants = input.ProductionVariants ?? []
    const modelArns = variants.flatMap((variant) =>
      variant.ModelName ? resourceArn(models, call, variant.ModelName) : [],
    )
    const context = {
      ...endpointConfigKeys(variants, modelArns),
      ...vpcKeys(input.VpcConfig),
      'sagemaker:VolumeKmsKeyArn': keyArn(call, input.KmsKeyId),
      'sagemaker:NetworkIsolation': input.EnableNetworkIsolation,
    }
    return [
      ...onCreation(call, { action: 'CreateEndpointConfig', arn, tags: input.Tags, context }),
      ...passRole(call, input.ExecutionRoleArn, arn),
    ]
  },
  handle: (input, call) => {
    const key = keyOf(input)
    const arn = resourceArn(endpointConfigs, call, key)
    if (rows(endpointConfigs, call).has(key))
      throw validation(`Cannot create already existing endpoint configuration "${arn}".`)
    for (const variant of input.ProductionVariants ?? []) {
      if (!variant.ModelName)
        throw validation(
          'ModelName is required for each production variant: inference components are not offered here.',
        )
      find(models, call, variant.ModelName)
      if (!variant.ServerlessConfig && !variant.InstanceType)
        throw validation(`InstanceType or ServerlessConfig is required for the variant ${variant.VariantName}.`)
    }
    const { Tags: _tags, ...settings } = input as Stored<CreateEndpointConfigInput>
    const row: EndpointConfigRow = {
      ...settings,
      EndpointConfigArn: arn,
      ProductionVariants: settings.ProductionVariants?.map((each) => ({ InitialVariantWeight: 1, ...each })),
      CreationTime: call.now.toISOString(),
    }
    rows(endpointConfigs, call).put(key, row)
    createTags(call, arn, input.Tags, automaticTags(call))
    return { EndpointConfigArn: arn }
  },
})

export const describeEndpointConfig = describe<DescribeEndpointConfigInput, EndpointConfigRow>(endpointConfigs, keyOf)
export const deleteEndpointConfig = remove<DeleteEndpointConfigInput, EndpointConfigRow>(endpointConfigs, keyOf)

export const listEndpointConfigs = list(endpointConfigs, {
  name: 'ListEndpointConfigs',
  member: 'EndpointConfigs',
  nameOf: (row) => row.EndpointConfigName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
})
