import type { CreateDomainRequest, CreateDomainResponse } from '@aws-sdk/client-sagemaker'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { onCreation } from './access.ts'
import { keyArn, listKey, userSettingsKeys } from './condition-keys.ts'
import { resourceInUse, validation } from './errors.ts'
import { demandVpc } from './network.ts'
import { assumeExecutionRole, passRole } from './pass-role.ts'
import { arnOf, rows, type Stored } from './resource.ts'
import { readyAt } from './settling.ts'
import { type DomainRow, domains } from './studio-kinds.ts'
import { automaticTags } from './studio-session.ts'
import { createTags } from './tag-store.ts'
import { useDomainKey } from './volume-key.ts'

/** Left out: the file system, its mount targets and the network interfaces that AWS makes in the subnets. */
export const createDomain = operation<CreateDomainRequest, CreateDomainResponse>({
  name: 'CreateDomain',
  access: (input, call) => {
    // The id is only made when the domain is: policies see the type with any id.
    const arn = arnOf(call, 'domain/*')
    const context = {
      'sagemaker:AuthMode': input.AuthMode,
      'sagemaker:AppNetworkAccessType': input.AppNetworkAccessType ?? 'PublicInternetOnly',
      'sagemaker:VolumeKmsKeyArn': keyArn(call, input.KmsKeyId ?? input.HomeEfsFileSystemKmsKeyId),
      ...userSettingsKeys(call, input.DefaultUserSettings),
      ...listKey('sagemaker:VpcSubnets', input.SubnetIds),
    }
    return [
      ...onCreation(call, { action: 'CreateDomain', arn, tags: input.Tags, context }),
      ...passRole(call, input.DefaultUserSettings?.ExecutionRole, arn),
      ...(input.HomeEfsFileSystemCreation === 'Disabled' ? [] : [createFileSystem(call)]),
    ]
  },
  handle: async (input, call) => {
    checkDomain(input, call)
    const id = `d-${call.id(12)}`
    const arn = arnOf(call, `domain/${id}`)
    const role = input.DefaultUserSettings?.ExecutionRole
    if (role) await assumeExecutionRole(call, role, { sourceArn: arn })
    const key = input.KmsKeyId ?? input.HomeEfsFileSystemKmsKeyId
    if (key) await useDomainKey(call, key)
    const row = newDomain(input, call, id)
    rows(domains, call).put(id, row)
    createTags(call, arn, input.Tags, automaticTags(call))
    return { DomainArn: arn, DomainId: id, Url: row.Url ?? '' }
  },
})

/**
 * The domain's home file system is made with the caller's rights ("API permissions reference", CreateDomain), in a
 * forward access session of SageMaker. The action has no resource type ("Amazon Elastic File System").
 */
function createFileSystem(call: Call): AccessCheck {
  return {
    action: 'elasticfilesystem:CreateFileSystem',
    resource: '*',
    resourceAccount: call.account,
    context: { 'aws:ViaAWSService': true, 'elasticfilesystem:Encrypted': true },
  }
}

function checkDomain(input: CreateDomainRequest, call: Call) {
  const named = [...rows(domains, call).values()].find((row) => row.DomainName === input.DomainName)
  if (named) throw resourceInUse(`Domain [${input.DomainName}] already exists: ${named.DomainArn}`)
  const vpcOnly = input.AppNetworkAccessType === 'VpcOnly'
  if (!input.VpcId || !input.SubnetIds?.length) {
    if (vpcOnly || input.VpcId || input.SubnetIds?.length) throw validation('VpcId and SubnetIds are required.')
    return
  }
  demandVpc(
    call,
    { Subnets: input.SubnetIds, SecurityGroupIds: input.DefaultUserSettings?.SecurityGroups ?? [] },
    input.VpcId,
  )
}

function newDomain({ Tags: _tags, ...input }: CreateDomainRequest, call: Call, id: string): DomainRow {
  const now = call.now.toISOString()
  const key = input.KmsKeyId ?? input.HomeEfsFileSystemKmsKeyId
  return {
    ...(input as Stored<Omit<CreateDomainRequest, 'Tags'>>),
    DomainId: id,
    DomainArn: arnOf(call, `domain/${id}`),
    CreationTime: now,
    LastModifiedTime: now,
    AppNetworkAccessType: input.AppNetworkAccessType ?? 'PublicInternetOnly',
    TagPropagation: input.TagPropagation ?? 'DISABLED',
    Url: `https://${id}.studio.${call.region}.sagemaker.aws`,
    ...(key ? { KmsKeyId: key, HomeEfsFileSystemKmsKeyId: key } : {}),
    ...(input.HomeEfsFileSystemCreation === 'Disabled' ? {} : { HomeEfsFileSystemId: `fs-${call.id(17)}` }),
    ...(input.VpcId ? { SecurityGroupIdForDomainBoundary: `sg-${call.id(17)}` } : {}),
    readyAt: readyAt(call),
  }
}
