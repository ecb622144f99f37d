import type {
  Channel,
  CreateTrainingJobRequest,
  ProductionVariant,
  SpaceSettings,
  UserSettings,
  VpcConfig,
} from '@aws-sdk/client-sagemaker'
import type { AccessCheck, Call } from '../../kernel/operation.ts'

type Context = NonNullable<AccessCheck['context']>

/** An absent or empty list is an absent key, so that `Null` conditions see it (IAM User Guide, "Null operator"). */
export function listKey(name: string, values: readonly (string | undefined)[] | undefined): Context {
  const present = [...new Set((values ?? []).filter((value) => value !== undefined && value !== ''))] as string[]
  return present.length > 0 ? { [name]: present } : {}
}

export function vpcKeys(vpc: VpcConfig | undefined): Context {
  return {
    ...listKey('sagemaker:VpcSubnets', vpc?.Subnets),
    ...listKey('sagemaker:VpcSecurityGroupIds', vpc?.SecurityGroupIds),
  }
}

/** The keys' values are key ARNs; a bare key id or alias of the request is written as one. */
export function keyArn(call: Call, keyId: string | undefined): string | undefined {
  if (!keyId || keyId.startsWith('arn:')) return keyId || undefined
  const path = keyId.startsWith('alias/') ? keyId : `key/${keyId}`
  return `arn:${call.partition}:kms:${call.region}:${call.account}:${path}`
}

/** Service Authorization Reference, CreateTrainingJob. */
export function trainingJobKeys(call: Call, input: CreateTrainingJobRequest): Context {
  const resources = input.ResourceConfig
  const instances = [resources?.InstanceType, ...(resources?.InstanceGroups ?? []).map((group) => group.InstanceType)]
  return {
    ...vpcKeys(input.VpcConfig),
    'sagemaker:VolumeKmsKeyArn': keyArn(call, resources?.VolumeKmsKeyId),
    'sagemaker:OutputKmsKeyArn': keyArn(call, input.OutputDataConfig?.KmsKeyId),
    'sagemaker:NetworkIsolation': input.EnableNetworkIsolation ?? false,
    'sagemaker:InterContainerTrafficEncryption': input.EnableInterContainerTrafficEncryption ?? false,
    ...listKey('sagemaker:InstanceTypes', instances),
    'sagemaker:MaxRuntimeInSeconds': input.StoppingCondition?.MaxRuntimeInSeconds,
    'sagemaker:EnableRemoteDebug': input.RemoteDebugConfig?.EnableRemoteDebug,
    'sagemaker:KeepAlivePeriod': resources?.KeepAlivePeriodInSeconds,
    ...fileSystemKeys(input.InputDataConfig),
  }
}

function fileSystemKeys(channels: Channel[] | undefined): Context {
  const source = channels?.find((channel) => channel.DataSource?.FileSystemDataSource)?.DataSource?.FileSystemDataSource
  return {
    'sagemaker:FileSystemId': source?.FileSystemId,
    'sagemaker:FileSystemType': source?.FileSystemType,
    'sagemaker:FileSystemAccessMode': source?.FileSystemAccessMode,
    'sagemaker:FileSystemDirectoryPath': source?.DirectoryPath,
  }
}

export function userSettingsKeys(call: Call, settings: UserSettings | undefined): Context {
  return {
    ...listKey('sagemaker:VpcSecurityGroupIds', settings?.SecurityGroups),
    'sagemaker:DomainSharingOutputKmsKeyArn': keyArn(call, settings?.SharingSettings?.S3KmsKeyId),
    ...appDefaults(settings),
  }
}

export function spaceSettingsKeys(settings: SpaceSettings | undefined): Context {
  return { ...appDefaults(settings), 'sagemaker:RemoteAccess': settings?.RemoteAccess }
}

interface AppSettings {
  DefaultResourceSpec?: ResourceSpecLike | undefined
  LifecycleConfigArns?: string[] | undefined
  CustomImages?: { ImageName: string | undefined }[] | undefined
}

export interface ResourceSpecLike {
  InstanceType?: string | undefined
  SageMakerImageArn?: string | undefined
  SageMakerImageVersionArn?: string | undefined
  LifecycleConfigArn?: string | undefined
}

/** Instance types, images and lifecycle configurations of every app in user, space or domain settings. */
function appDefaults(settings: object | undefined): Context {
  const apps = Object.entries(settings ?? {})
    .filter(([name]) => name.endsWith('AppSettings'))
    .map(([, value]) => value as AppSettings)
  const specs = apps.map((app) => app.DefaultResourceSpec)
  return resourceSpecKeys(
    specs,
    apps.flatMap((app) => app.LifecycleConfigArns ?? []),
  )
}

export function resourceSpecKeys(
  specs: readonly (ResourceSpecLike | undefined)[],
  lifecycleConfigs: string[] = [],
): Context {
  return {
    ...listKey(
      'sagemaker:InstanceTypes',
      specs.map((spec) => spec?.InstanceType),
    ),
    ...listKey(
      'sagemaker:ImageArns',
      specs.map((spec) => spec?.SageMakerImageArn),
    ),
    ...listKey(
      'sagemaker:ImageVersionArns',
      specs.map((spec) => spec?.SageMakerImageVersionArn),
    ),
    ...listKey('sagemaker:StudioLifecycleConfigArns', [
      ...specs.map((spec) => spec?.LifecycleConfigArn),
      ...lifecycleConfigs,
    ]),
  }
}

/** Service Authorization Reference, CreateEndpointConfig; `modelArns` are those of the variants' models. */
export function endpointConfigKeys(variants: readonly ProductionVariant[], modelArns: readonly string[]): Context {
  return {
    ...listKey(
      'sagemaker:InstanceTypes',
      variants.map((variant) => variant.InstanceType),
    ),
    ...listKey(
      'sagemaker:AcceleratorTypes',
      variants.map((variant) => variant.AcceleratorType),
    ),
    'sagemaker:ModelArn': modelArns[0],
    'sagemaker:ServerlessMemorySize': variants.find((variant) => variant.ServerlessConfig)?.ServerlessConfig
      ?.MemorySizeInMB,
    'sagemaker:ServerlessMaxConcurrency': variants.find((variant) => variant.ServerlessConfig)?.ServerlessConfig
      ?.MaxConcurrency,
  }
}
