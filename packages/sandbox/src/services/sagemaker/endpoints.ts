import type {
  CreateEndpointInput,
  CreateEndpointOutput,
  DeleteEndpointInput,
  DescribeEndpointInput,
  ListEndpointsInput,
  UpdateEndpointInput,
  UpdateEndpointOutput,
} from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { builtInImage } from '../../ml/image-uri.ts'
import { onCreation, onResource } from './access.ts'
import { containersOf, resolveContainer } from './create-model.ts'
import { validation } from './errors.ts'
import { type EndpointRow, endpointConfigs, endpoints, models } from './model-kinds.ts'
import { assumeExecutionRole } from './pass-role.ts'
import { list } from './plain-operations.ts'
import { planRollout } from './plan-rollout.ts'
import { find, resourceArn, rows } from './resource.ts'
import { emitEndpointState, rollOutEndpoint } from './roll-out-endpoint.ts'
import { automaticTags } from './studio-session.ts'
import { createTags, forgetTags } from './tag-store.ts'
import { retireVolumeGrant } from './volume-key.ts'

const keyOf = (input: { EndpointName?: string | undefined }) => input.EndpointName ?? ''

export const createEndpoint = operation<CreateEndpointInput, CreateEndpointOutput>({
  name: 'CreateEndpoint',
  access: (input, call) => {
    const config = resourceArn(endpointConfigs, call, input.EndpointConfigName ?? '')
    return [
      ...onCreation(call, {
        action: 'CreateEndpoint',
        arn: resourceArn(endpoints, call, keyOf(input)),
        tags: input.Tags,
      }),
      onResource(call, 'CreateEndpoint', config),
    ]
  },
  handle: async (input, call) => {
    const key = keyOf(input)
    const arn = resourceArn(endpoints, call, key)
    if (rows(endpoints, call).has(key)) throw validation(`Cannot create already existing endpoint "${arn}".`)
    const { rollout, grants, config } = await planRollout(call, input.EndpointConfigName ?? '', arn)
    const now = call.now.toISOString()
    const row: EndpointRow = {
      EndpointName: key,
      EndpointArn: arn,
      EndpointConfigName: rollout.configName,
      EndpointStatus: 'Creating',
      CreationTime: now,
      LastModifiedTime: now,
      ...(config.DataCaptureConfig?.EnableCapture
        ? {
            DataCaptureConfig: {
              EnableCapture: true,
              CaptureStatus: 'Started',
              CurrentSamplingPercentage: config.DataCaptureConfig.InitialSamplingPercentage,
              DestinationS3Uri: config.DataCaptureConfig.DestinationS3Uri,
              KmsKeyId: config.DataCaptureConfig.KmsKeyId ?? '',
            },
          }
        : {}),
      deployed: [],
      rollout,
      grants,
    }
    rows(endpoints, call).put(key, row)
    createTags(call, arn, input.Tags, automaticTags(call))
    emitEndpointState(call, row)
    call.afterwards((later) => rollOutEndpoint(later, key))
    return { EndpointArn: arn }
  },
})

export const updateEndpoint = operation<UpdateEndpointInput, UpdateEndpointOutput>({
  name: 'UpdateEndpoint',
  access: (input, call) => [
    onResource(call, 'UpdateEndpoint', resourceArn(endpoints, call, keyOf(input))),
    onResource(call, 'UpdateEndpoint', resourceArn(endpointConfigs, call, input.EndpointConfigName ?? '')),
  ],
  handle: async (input, call) => {
    const row = find(endpoints, call, keyOf(input))
    if (row.EndpointStatus !== 'InService')
      throw validation(
        row.EndpointStatus === 'Failed'
          ? `Could not update endpoint "${row.EndpointArn}" because it is in the Failed state.`
          : `Cannot update in-progress endpoint "${row.EndpointArn}".`,
      )
    const { rollout, grants } = await planRollout(call, input.EndpointConfigName ?? '', row.EndpointArn ?? '')
    const updating: EndpointRow = {
      ...row,
      EndpointStatus: 'Updating',
      LastModifiedTime: call.now.toISOString(),
      rollout,
      grants: [...row.grants, ...grants],
    }
    rows(endpoints, call).put(keyOf(input), updating)
    emitEndpointState(call, updating)
    call.afterwards((later) => rollOutEndpoint(later, keyOf(input)))
    return { EndpointArn: row.EndpointArn }
  },
})

export const describeEndpoint = operation<DescribeEndpointInput, object>({
  name: 'DescribeEndpoint',
  access: (input, call) => [onResource(call, 'DescribeEndpoint', resourceArn(endpoints, call, keyOf(input)))],
  handle: (input, call) => {
    const row = find(endpoints, call, keyOf(input))
    return { ...row, ProductionVariants: variantsOf(call, row) }
  },
})

/** Variants as they serve now; absent while a new endpoint is being created. */
function variantsOf(call: Call, row: EndpointRow) {
  const config = rows(endpointConfigs, call).get(row.EndpointConfigName)
  if (row.deployed.length === 0) return undefined
  return config?.ProductionVariants?.map((variant) => {
    const model = rows(models, call).get(variant.ModelName ?? '')
    const { image } = resolveContainer(call, containersOf(model ?? {})[0] ?? {})
    const digest = builtInImage(image, call.region)?.digest
    return {
      VariantName: variant.VariantName,
      DeployedImages: [
        {
          SpecifiedImage: image,
          ResolvedImage: digest ? `${image.replace(/:[^:/]*$/, '')}@${digest}` : image,
          ResolutionTime: row.LastModifiedTime,
        },
      ],
      CurrentWeight: variant.InitialVariantWeight ?? 1,
      DesiredWeight: variant.InitialVariantWeight ?? 1,
      CurrentInstanceCount: variant.InitialInstanceCount,
      DesiredInstanceCount: variant.InitialInstanceCount,
      CurrentServerlessConfig: variant.ServerlessConfig,
    }
  })
}

export const listEndpoints = list<ListEndpointsInput, EndpointRow>(endpoints, {
  name: 'ListEndpoints',
  member: 'Endpoints',
  nameOf: (row) => row.EndpointName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) => !input.StatusEquals || row.EndpointStatus === input.StatusEquals,
})

export const deleteEndpoint = operation<DeleteEndpointInput, object>({
  name: 'DeleteEndpoint',
  access: (input, call) => [onResource(call, 'DeleteEndpoint', resourceArn(endpoints, call, keyOf(input)))],
  handle: async (input, call) => {
    const key = keyOf(input)
    const row = find(endpoints, call, key)
    rows(endpoints, call).delete(key)
    forgetTags(call, row.EndpointArn ?? '')
    for (const { blob } of row.deployed) call.blobs.delete(blob)
    await retireGrants(call, row)
    return {}
  },
})

async function retireGrants(call: Call, row: EndpointRow) {
  const config = rows(endpointConfigs, call).get(row.EndpointConfigName)
  const model = rows(models, call).get(config?.ProductionVariants?.[0]?.ModelName ?? '')
  if (row.grants.length === 0 || !model?.ExecutionRoleArn) return
  const session = await assumeExecutionRole(call, model.ExecutionRoleArn, { sourceArn: row.EndpointArn ?? '' })
  for (const grant of row.grants) await retireVolumeGrant(call, grant, session)
}
