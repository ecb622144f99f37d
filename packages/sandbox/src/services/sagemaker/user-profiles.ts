import type {
  CreateUserProfileRequest,
  CreateUserProfileResponse,
  DeleteUserProfileRequest,
  DescribeUserProfileRequest,
  ListUserProfilesRequest,
  UpdateUserProfileRequest,
  UpdateUserProfileResponse,
} from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onCreation, onResource } from './access.ts'
import { userSettingsKeys } from './condition-keys.ts'
import { resourceInUse, validation } from './errors.ts'
import { assumeExecutionRole, passRole } from './pass-role.ts'
import { describe, list } from './plain-operations.ts'
import { find, resourceArn, rows, type Stored } from './resource.ts'
import { isReady, readyAt } from './settling.ts'
import { apps, domains, profileKey, spaces, type UserProfileRow, userProfiles } from './studio-kinds.ts'
import { automaticTags } from './studio-session.ts'
import { createTags, forgetTags } from './tag-store.ts'

type Named = { DomainId?: string | undefined; UserProfileName?: string | undefined }
const keyOf = (input: Named) => profileKey(input.DomainId, input.UserProfileName)

const view = (row: UserProfileRow, now: Date) => ({
  ...row,
  Status: isReady(row, now) ? 'InService' : row.CreationTime === row.LastModifiedTime ? 'Pending' : 'Updating',
})

export const createUserProfile = operation<CreateUserProfileRequest, CreateUserProfileResponse>({
  name: 'CreateUserProfile',
  access: (input, call) => {
    const arn = resourceArn(userProfiles, call, keyOf(input))
    const context = userSettingsKeys(call, input.UserSettings)
    return [
      ...onCreation(call, { action: 'CreateUserProfile', arn, tags: input.Tags, context }),
      ...passRole(call, input.UserSettings?.ExecutionRole, arn),
    ]
  },
  handle: async (input, call) => {
    const domain = find(domains, call, input.DomainId ?? '')
    if (!isReady(domain, call.now)) throw resourceInUse(`Domain [${input.DomainId}] is not InService.`)
    if (domain.AuthMode === 'IAM' && (input.SingleSignOnUserIdentifier || input.SingleSignOnUserValue))
      throw validation(
        'SingleSignOnUserIdentifier and SingleSignOnUserValue are not allowed for a domain with AuthMode IAM.',
      )
    const key = keyOf(input)
    if (rows(userProfiles, call).has(key))
      throw resourceInUse(`User Profile [${input.UserProfileName}] already exists.`)
    const arn = resourceArn(userProfiles, call, key)
    if (input.UserSettings?.ExecutionRole)
      await assumeExecutionRole(call, input.UserSettings.ExecutionRole, { sourceArn: arn })
    const { Tags: _tags, ...settings } = input as Stored<CreateUserProfileRequest>
    const now = call.now.toISOString()
    rows(userProfiles, call).put(key, {
      ...settings,
      UserProfileArn: arn,
      HomeEfsFileSystemUid: String(200_005 + rows(userProfiles, call).size),
      CreationTime: now,
      LastModifiedTime: now,
      readyAt: readyAt(call),
    })
    createTags(call, arn, input.Tags, automaticTags(call))
    return { UserProfileArn: arn }
  },
})

export const updateUserProfile = operation<UpdateUserProfileRequest, UpdateUserProfileResponse>({
  name: 'UpdateUserProfile',
  access: (input, call) => {
    const arn = resourceArn(userProfiles, call, keyOf(input))
    return [
      onResource(call, 'UpdateUserProfile', arn, userSettingsKeys(call, input.UserSettings)),
      ...passRole(call, input.UserSettings?.ExecutionRole, arn),
    ]
  },
  handle: async (input, call) => {
    const row = find(userProfiles, call, keyOf(input))
    if (input.UserSettings?.ExecutionRole)
      await assumeExecutionRole(call, input.UserSettings.ExecutionRole, { sourceArn: row.UserProfileArn ?? '' })
    rows(userProfiles, call).put(keyOf(input), {
      ...row,
      UserSettings: { ...row.UserSettings, ...(input as Stored<UpdateUserProfileRequest>).UserSettings },
      LastModifiedTime: call.now.toISOString(),
      readyAt: readyAt(call),
    })
    return { UserProfileArn: row.UserProfileArn }
  },
})

export const describeUserProfile = describe<DescribeUserProfileRequest, UserProfileRow>(userProfiles, keyOf, view)

export const listUserProfiles = list<ListUserProfilesRequest & { SortBy?: string }, UserProfileRow>(userProfiles, {
  name: 'ListUserProfiles',
  member: 'UserProfiles',
  nameOf: (row) => row.UserProfileName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) =>
    (!input.DomainIdEquals || row.DomainId === input.DomainIdEquals) &&
    (row.UserProfileName ?? '').includes(input.UserProfileNameContains ?? ''),
  view,
})

export const deleteUserProfile = operation<DeleteUserProfileRequest, object>({
  name: 'DeleteUserProfile',
  access: (input, call) => [onResource(call, 'DeleteUserProfile', resourceArn(userProfiles, call, keyOf(input)))],
  handle: (input, call) => {
    const row = find(userProfiles, call, keyOf(input))
    const mine = (name: string | undefined) => name?.toLowerCase() === row.UserProfileName?.toLowerCase()
    const owned = [...rows(spaces, call).values()].some(
      (space) => space.DomainId === row.DomainId && mine(space.OwnershipSettings?.OwnerUserProfileName),
    )
    const running = [...rows(apps, call).values()].some(
      (app) => app.DomainId === row.DomainId && mine(app.UserProfileName),
    )
    if (owned || running)
      throw resourceInUse(
        `Unable to delete User Profile [${row.UserProfileName}] because ${owned ? 'Space' : 'App'}(s) are associated with it.`,
      )
    rows(userProfiles, call).delete(keyOf(input))
    forgetTags(call, row.UserProfileArn ?? '')
    return {}
  },
})
