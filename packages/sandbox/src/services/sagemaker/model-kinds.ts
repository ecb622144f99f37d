import type {
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  DescribeModelOutput,
  DescribeModelPackageGroupOutput,
  DescribeModelPackageOutput,
} from '@aws-sdk/client-sagemaker'
import type { CallOrigin } from '../../kernel/operation.ts'
import type { Principal } from '../../kernel/principal.ts'
import { validation } from './errors.ts'
import type { Kind, Stored } from './resource.ts'
import type { VolumeGrant } from './volume-key.ts'

export type ModelPackageGroupRow = Stored<DescribeModelPackageGroupOutput> & { readyAt: string; policy?: string }
export type ModelPackageRow = Stored<DescribeModelPackageOutput>
export type ModelRow = Stored<DescribeModelOutput>
export type EndpointConfigRow = Stored<DescribeEndpointConfigOutput>

/** What a variant serves: the artifact's bytes as they were when it was deployed. */
export interface Deployed {
  variantName: string
  modelName: string
  blob: string
}

export type EndpointRow = Stored<Omit<DescribeEndpointOutput, 'EndpointConfigName'>> & {
  EndpointConfigName: string
  deployed: Deployed[]
  /** The configuration that is being put in place, with what that takes; absent when the endpoint is at rest. */
  rollout?: Rollout
  grants: VolumeGrant[]
}

export interface Rollout {
  configName: string
  /** ISO 8601: not before this. */
  readyAt: string
  variants: { variantName: string; modelName: string; modelDataUrl: string; session: Principal; origin?: CallOrigin }[]
}

export const modelPackageGroups: Kind<ModelPackageGroupRow> = {
  name: 'ModelPackageGroup',
  path: (name) => `model-package-group/${name}`,
  notFound: (arn) => validation(`ModelPackageGroup ${arn} does not exist.`),
}

/** Key: `group/version`, or the name of a package without group. */
export const modelPackages: Kind<ModelPackageRow> = {
  name: 'ModelPackage',
  path: (key) => `model-package/${key}`,
  notFound: (arn) => validation(`ModelPackage ${arn} does not exist.`),
}

export const models: Kind<ModelRow> = {
  name: 'Model',
  path: (name) => `model/${name.toLowerCase()}`,
  notFound: (arn) => validation(`Could not find model "${arn}".`),
}

export const endpointConfigs: Kind<EndpointConfigRow> = {
  name: 'EndpointConfig',
  path: (name) => `endpoint-config/${name.toLowerCase()}`,
  notFound: (arn) => validation(`Could not find endpoint configuration "${arn}".`),
}

export const endpoints: Kind<EndpointRow> = {
  name: 'Endpoint',
  path: (name) => `endpoint/${name.toLowerCase()}`,
  notFound: (arn) => validation(`Could not find endpoint "${arn}".`),
}
