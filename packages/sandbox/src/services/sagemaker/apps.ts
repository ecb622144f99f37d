import type {
  CreateAppRequest,
  CreateAppResponse,
  DeleteAppRequest,
  DescribeAppRequest,
  ListAppsRequest,
} from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { onCreation, onResource } from './access.ts'
import { resourceSpecKeys } from './condition-keys.ts'
import { resourceInUse, validation } from './errors.ts'
import { describe, list } from './plain-operations.ts'
import { find, resourceArn, rows, type Stored } from './resource.ts'
import { isReady, readyAt } from './settling.ts'
import { ownershipKeys } from './spaces.ts'
import { type AppRow, apps, domains, profileKey, spaceKey, spaces, userProfiles } from './studio-kinds.ts'
import { automaticTags } from './studio-session.ts'
import { createTags, forgetTags } from './tag-store.ts'

interface Named {
  DomainId?: string | undefined
  UserProfileName?: string | undefined
  SpaceName?: string | undefined
  AppType?: string | undefined
  AppName?: string | undefined
}

const keyOf = (input: Named) =>
  [
    input.DomainId,
    input.SpaceName ?? input.UserProfileName?.toLowerCase(),
    input.AppType?.toLowerCase(),
    input.AppName,
  ].join('/')

const view = (row: AppRow, now: Date) => ({ ...row, Status: isReady(row, now) ? 'InService' : 'Pending' })

/** Whose app it is: an app of a space takes the space's owner; an app of a profile has neither key. */
function appOwnership(call: Call, input: Named) {
  if (!input.SpaceName) return {}
  return ownershipKeys(call, input.DomainId, rows(spaces, call).get(spaceKey(input.DomainId, input.SpaceName)))
}

export const createApp = operation<CreateAppRequest, CreateAppResponse>({
  name: 'CreateApp',
  access: (input, call) =>
    onCreation(call, {
      action: 'CreateApp',
      arn: resourceArn(apps, call, keyOf(input)),
      tags: input.Tags,
      context: { ...resourceSpecKeys([input.ResourceSpec]), ...appOwnership(call, input) },
    }),
  handle: (input, call) => {
    find(domains, call, input.DomainId ?? '')
    if (!input.SpaceName === !input.UserProfileName)
      throw validation('Exactly one of UserProfileName and SpaceName must be specified.')
    if (input.SpaceName) find(spaces, call, spaceKey(input.DomainId, input.SpaceName))
    if (input.UserProfileName) find(userProfiles, call, profileKey(input.DomainId, input.UserProfileName))
    const key = keyOf(input)
    if (rows(apps, call).has(key)) throw resourceInUse(`App [${input.AppName}] already exists.`)
    const arn = resourceArn(apps, call, key)
    const { Tags: _tags, ...settings } = input as Stored<CreateAppRequest>
    rows(apps, call).put(key, {
      ...settings,
      AppArn: arn,
      CreationTime: call.now.toISOString(),
      readyAt: readyAt(call),
    })
    createTags(call, arn, input.Tags, automaticTags(call))
    return { AppArn: arn }
  },
})

export const describeApp = describe<DescribeAppRequest, AppRow>(apps, keyOf, view)

export const listApps = list<ListAppsRequest & { SortBy?: string }, AppRow>(apps, {
  name: 'ListApps',
  member: 'Apps',
  nameOf: (row) => row.AppName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  filter: (row, input) =>
    (!input.DomainIdEquals || row.DomainId === input.DomainIdEquals) &&
    (!input.UserProfileNameEquals || row.UserProfileName === input.UserProfileNameEquals) &&
    (!input.SpaceNameEquals || row.SpaceName === input.SpaceNameEquals),
  view,
})

export const deleteApp = operation<DeleteAppRequest, object>({
  name: 'DeleteApp',
  access: (input, call) => [
    onResource(call, 'DeleteApp', resourceArn(apps, call, keyOf(input)), appOwnership(call, input)),
  ],
  handle: (input, call) => {
    const row = find(apps, call, keyOf(input))
    rows(apps, call).delete(keyOf(input))
    forgetTags(call, row.AppArn ?? '')
    return {}
  },
})
