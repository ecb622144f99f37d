import type { CreateModelPackageInput, CreateModelPackageOutput } from '@aws-sdk/client-sagemaker'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { builtInImage } from '../../ml/image-uri.ts'
import { onCreation } from './access.ts'
import { isDenied, validation } from './errors.ts'
import { emitStateChange } from './events.ts'
import { recordModelPackage } from './lineage-of-models.ts'
import { type ModelPackageRow, modelPackageGroups, modelPackages } from './model-kinds.ts'
import { find, nameOf, resourceArn, rows, type Stored } from './resource.ts'
import { readObjectHead } from './s3-objects.ts'
import { automaticTags, userContext } from './studio-session.ts'
import { createTags } from './tag-store.ts'

export const createModelPackage = operation<CreateModelPackageInput, CreateModelPackageOutput>({
  name: 'CreateModelPackage',
  access: (input, call) =>
    onCreation(call, {
      action: 'CreateModelPackage',
      arn: resourceArn(modelPackages, call, newKey(input, call)),
      tags: input.Tags,
      context: approvalKeys(input),
    }),
  handle: async (input, call) => {
    const key = newKey(input, call)
    if (rows(modelPackages, call).has(key)) throw validation(`ModelPackage ${key} already exists.`)
    if (input.ModelPackageGroupName) find(modelPackageGroups, call, nameOf(input.ModelPackageGroupName))
    const row = await newPackage(input, call, key)
    rows(modelPackages, call).put(key, row)
    const arn = row.ModelPackageArn ?? ''
    createTags(call, arn, input.Tags, automaticTags(call))
    recordModelPackage(call, row)
    emitStateChange(call, 'Model Package', arn, row)
    return { ModelPackageArn: arn }
  },
})

/** Condition keys of CreateModelPackage and UpdateModelPackage (Service Authorization Reference). */
export function approvalKeys(input: {
  ModelApprovalStatus?: string | undefined
  ModelLifeCycle?: { Stage?: string | undefined; StageStatus?: string | undefined } | undefined
  CustomerMetadataProperties?: Record<string, string> | undefined
}): NonNullable<AccessCheck['context']> {
  const metadata = Object.entries(input.CustomerMetadataProperties ?? {})
  return {
    'sagemaker:ModelApprovalStatus': input.ModelApprovalStatus,
    'sagemaker:ModelLifeCycle:Stage': input.ModelLifeCycle?.Stage,
    'sagemaker:ModelLifeCycle:StageStatus': input.ModelLifeCycle?.StageStatus,
    ...Object.fromEntries(metadata.map(([key, value]) => [`sagemaker:CustomerMetadataProperties/${key}`, value])),
  }
}

/** `group/next version`, or the package's own name. Versions are never used again. */
function newKey(input: CreateModelPackageInput, call: Call): string {
  if (!input.ModelPackageGroupName === !input.ModelPackageName)
    throw validation('Either ModelPackageGroupName or ModelPackageName must be specified, but not both.')
  if (input.ModelPackageName) return input.ModelPackageName
  const group = nameOf(input.ModelPackageGroupName ?? '')
  return `${group}/${lastVersion(call, group) + 1}`
}

/** Highest version ever made: kept apart from the packages, which may be deleted. */
function lastVersion(call: Call, group: string): number {
  const existing = [...rows(modelPackages, call).values()].filter((each) => each.ModelPackageGroupName === group)
  const kept = call.table<{ version: number }>('LastModelPackageVersion').get(group)?.version ?? 0
  return Math.max(kept, 0, ...existing.map((each) => each.ModelPackageVersion ?? 0))
}

async function newPackage(
  { Tags: _tags, ...input }: CreateModelPackageInput,
  call: Call,
  key: string,
): Promise<ModelPackageRow> {
  const group = input.ModelPackageGroupName && nameOf(input.ModelPackageGroupName)
  const version = group ? Number(key.split('/').at(-1)) : undefined
  if (group) call.table<{ version: number }>('LastModelPackageVersion').put(group, { version: version ?? 0 })
  return {
    ...(input as Stored<Omit<CreateModelPackageInput, 'Tags'>>),
    ModelPackageName: group ?? key,
    ModelPackageGroupName: group,
    ModelPackageVersion: version,
    ModelPackageArn: resourceArn(modelPackages, call, key),
    InferenceSpecification: await resolved(call, input.InferenceSpecification),
    CreationTime: call.now.toISOString(),
    CreatedBy: userContext(call),
    ModelPackageStatus: 'Completed',
    ModelPackageStatusDetails: { ValidationStatuses: [], ImageScanStatuses: [] },
    ModelApprovalStatus: group ? (input.ModelApprovalStatus ?? 'PendingManualApproval') : undefined,
    CertifyForMarketplace: input.CertifyForMarketplace ?? false,
  }
}

/** Adds the image digest and the artifact's ETag, which the registry keeps so that a swap can be seen. */
async function resolved(call: Call, specification: CreateModelPackageInput['InferenceSpecification']) {
  if (!specification) return undefined
  const containers = await Promise.all(
    (specification.Containers ?? []).map(async (container) => ({
      ...container,
      ImageDigest: container.ImageDigest ?? builtInImage(container.Image ?? '', call.region)?.digest,
      ModelDataETag: container.ModelDataETag ?? (await etagOf(call, container.ModelDataUrl)),
    })),
  )
  return { ...specification, Containers: containers } as Stored<typeof specification>
}

async function etagOf(call: Call, uri: string | undefined): Promise<string | undefined> {
  if (!uri) return undefined
  try {
    return (
      await readObjectHead(call, uri, { principal: call.principal, via: `sagemaker.${call.region}.amazonaws.com` })
    ).etag
  } catch (error) {
    // Registering needs no right to read the artifact; the digest of what is not readable stays unknown.
    if (isDenied(error)) return undefined
    throw validation(`Could not find model data at ${uri}.`)
  }
}
