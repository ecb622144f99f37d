import type {
  CreateSpaceRequest,
  CreateSpaceResponse,
  DeleteSpaceRequest,
  DescribeSpaceRequest,
  ListSpacesRequest,
  UpdateSpaceRequest,
  UpdateSpaceResponse,
} from '@aws-sdk/client-sagemaker'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { onCreation, onResource } from './access.ts'
import { spaceSettingsKeys } from './condition-keys.ts'
import { resourceInUse, validation } from './errors.ts'
import { describe, list } from './plain-operations.ts'
import { find, resourceArn, rows, type Stored } from './resource.ts'
import { isReady, readyAt } from './settling.ts'
import { apps, domains, profileKey, type SpaceRow, spaceKey, spaces, userProfiles } from './studio-kinds.ts'
import { automaticTags } from './studio-session.ts'
import { createTags, forgetTags } from './tag-store.ts'

type Named = { DomainId?: string | undefined; SpaceName?: string | undefined }
const keyOf = (input: Named) => spaceKey(input.DomainId, input.SpaceName)

const view = (row: SpaceRow, now: Date) => ({
  ...row,
  Status: isReady(row, now) ? 'InService' : row.CreationTime === row.LastModifiedTime ? 'Pending' : 'Updating',
})

/** sagemaker:OwnerUserProfileArn and sagemaker:SpaceSharingType of a space, as it is or is to be. */
export function ownershipKeys(
  call: Call,
  domainId: string | undefined,
  space: {
    OwnershipSettings?: SpaceRow['OwnershipSettings']
    SpaceSharingSettings?: SpaceRow['SpaceSharingSettings']
  } = {},
): NonNullable<AccessCheck['context']> {
  const owner = space.OwnershipSettings?.OwnerUserProfileName
  return {
    'sagemaker:OwnerUserProfileArn': owner && resourceArn(userProfiles, call, profileKey(domainId, owner)),
    'sagemaker:SpaceSharingType': space.SpaceSharingSettings?.SharingType,
  }
}

export const createSpace = operation<CreateSpaceRequest, CreateSpaceResponse>({
  name: 'CreateSpace',
  access: (input, call) =>
    onCreation(call, {
      action: 'CreateSpace',
      arn: resourceArn(spaces, call, keyOf(input)),
      tags: input.Tags,
      context: {
        ...spaceSettingsKeys(input.SpaceSettings),
        ...ownershipKeys(call, input.DomainId, input as Stored<CreateSpaceRequest>),
      },
    }),
  handle: (input, call) => {
    const domain = find(domains, call, input.DomainId ?? '')
    const owner = input.OwnershipSettings?.OwnerUserProfileName
    if (owner) find(userProfiles, call, profileKey(input.DomainId, owner))
    if (!owner !== !input.SpaceSharingSettings)
      throw validation('OwnershipSettings and SpaceSharingSettings must be specified together.')
    const key = keyOf(input)
    if (rows(spaces, call).has(key)) throw resourceInUse(`Space [${input.SpaceName}] already exists.`)
    const arn = resourceArn(spaces, call, key)
    const { Tags: _tags, ...settings } = input as Stored<CreateSpaceRequest>
    const now = call.now.toISOString()
    rows(spaces, call).put(key, {
      ...settings,
      SpaceArn: arn,
      HomeEfsFileSystemUid: String(300_005 + rows(spaces, call).size),
      Url: `${domain.Url}/${input.SpaceName}`,
      CreationTime: now,
      LastModifiedTime: now,
      readyAt: readyAt(call),
    })
    createTags(call, arn, input.Tags, automaticTags(call))
    return { SpaceArn: arn }
  },
})

export const updateSpace = operation<UpdateSpaceRequest, UpdateSpaceResponse>({
  name: 'UpdateSpace',
  access: (input, call) => {
    const present = rows(spaces, call).get(keyOf(input))
    const context = { ...spaceSettingsKeys(input.SpaceSettings), ...ownershipKeys(call, input.DomainId, present) }
    return [onResource(call, 'UpdateSpace', resourceArn(spaces, call, keyOf(input)), context)]
  },
  handle: (input, call) => {
    const row = find(spaces, call, keyOf(input))
    const changes = input as Stored<UpdateSpaceRequest>
    rows(spaces, call).put(keyOf(input), {
      ...row,
      ...changes,
      SpaceSettings: { ...row.SpaceSettings, ...changes.SpaceSettings },
      LastModifiedTime: call.now.toISOString(),
      readyAt: readyAt(call),
    })
    return { SpaceArn: row.SpaceArn }
  },
})

export const describeSpace = describe<DescribeSpaceRequest, SpaceRow>(spaces, keyOf, view)

export const listSpaces = list<ListSpacesRequest & { SortBy?: string }, SpaceRow>(spaces, {
  name: 'ListSpaces',
  member: 'Spaces',
  nameOf: (row) => row.SpaceName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) =>
    (!input.DomainIdEquals || row.DomainId === input.DomainIdEquals) &&
    (row.SpaceName ?? '').includes(input.SpaceNameContains ?? ''),
  view: (row, now) => ({
    ...view(row, now),
    SpaceSharingSettingsSummary: row.SpaceSharingSettings,
    OwnershipSettingsSummary: row.OwnershipSettings,
  }),
})

export const deleteSpace = operation<DeleteSpaceRequest, object>({
  name: 'DeleteSpace',
  access: (input, call) => {
    const present = rows(spaces, call).get(keyOf(input))
    const context = ownershipKeys(call, input.DomainId, present)
    return [onResource(call, 'DeleteSpace', resourceArn(spaces, call, keyOf(input)), context)]
  },
  handle: (input, call) => {
    const row = find(spaces, call, keyOf(input))
    const running = [...rows(apps, call).values()].some(
      (app) => app.DomainId === row.DomainId && app.SpaceName === row.SpaceName,
    )
    if (running) throw resourceInUse(`Unable to delete Space [${row.SpaceName}] because App(s) are associated with it.`)
    rows(spaces, call).delete(keyOf(input))
    forgetTags(call, row.SpaceArn ?? '')
    return {}
  },
})
