import {
  CreateSpaceCommand,
  CreateUserProfileCommand,
  DeleteAppCommand,
  DeleteSpaceCommand,
  DeleteUserProfileCommand,
  DescribeSpaceCommand,
  DescribeUserProfileCommand,
  ListAppsCommand,
  ListSpacesCommand,
  SageMakerClient,
} from '@aws-sdk/client-sagemaker'
import { PlatformError } from '@uais/contract'
import { orNone } from './aws-error.ts'
import type { AwsSession } from './session.ts'

/** One person's Studio: the profile is named by the person, so that its name is the source identity of all work in it. */
export interface StudioPlace {
  domainId: string
  /** Entra object id: lower-case GUID, fits profile and space names and source identities alike. */
  userProfileName: string
  spaceName: string
}

export interface StudioWish extends StudioPlace {
  executionRoleArn: string
  securityGroupIds: readonly string[]
  instanceType: string
  tags: Readonly<Record<string, string>>
}

const tagList = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

/** Creates the profile when there is none. @returns its ARN once it is in service, undefined while it is being made */
export async function ensureUserProfile(session: AwsSession, wish: StudioWish): Promise<string | undefined> {
  const sagemaker = session.client(SageMakerClient)
  const key = { DomainId: wish.domainId, UserProfileName: wish.userProfileName }
  const found = await orNone(sagemaker.send(new DescribeUserProfileCommand(key)))
  if (!found) {
    await sagemaker.send(
      new CreateUserProfileCommand({
        ...key,
        Tags: tagList(wish.tags),
        UserSettings: { ExecutionRole: wish.executionRoleArn, SecurityGroups: [...wish.securityGroupIds] },
      }),
    )
    return undefined
  }
  if (found.Status === 'Failed')
    throw new PlatformError('account-unreachable', `creating the user profile: ${found.FailureReason ?? 'it failed'}`)
  if (found.UserSettings?.ExecutionRole !== wish.executionRoleArn)
    throw new PlatformError(
      'conflict',
      `the user profile '${wish.userProfileName}' already works for ${found.UserSettings?.ExecutionRole}; remove that workspace first`,
    )
  return found.Status === 'InService' ? found.UserProfileArn : undefined
}

/** A private space of the person; shared spaces carry no source identity (Developer Guide, "monitor user access"). */
export async function ensurePrivateSpace(session: AwsSession, wish: StudioWish): Promise<boolean> {
  const sagemaker = session.client(SageMakerClient)
  const key = { DomainId: wish.domainId, SpaceName: wish.spaceName }
  const found = await orNone(sagemaker.send(new DescribeSpaceCommand(key)))
  if (found?.Status === 'Failed')
    throw new PlatformError('account-unreachable', `creating the space: ${found.FailureReason ?? 'it failed'}`)
  if (found) return found.Status === 'InService'
  await sagemaker.send(
    new CreateSpaceCommand({
      ...key,
      Tags: tagList(wish.tags),
      OwnershipSettings: { OwnerUserProfileName: wish.userProfileName },
      SpaceSharingSettings: { SharingType: 'Private' },
      SpaceSettings: {
        AppType: 'JupyterLab',
        JupyterLabAppSettings: { DefaultResourceSpec: { InstanceType: wish.instanceType as 'ml.t3.medium' } },
      },
    }),
  )
  return false
}

/**
 * Removes apps, then spaces, then the profile: SageMaker refuses any other order. Resumable: each call does what
 * can be done now. @returns true when nothing is left
 */
export async function removeStudio(session: AwsSession, place: StudioPlace): Promise<boolean> {
  const sagemaker = session.client(SageMakerClient)
  const { domainId: DomainId, userProfileName } = place
  const spaces = await orNone(sagemaker.send(new ListSpacesCommand({ DomainIdEquals: DomainId, MaxResults: 100 })))
  const own = (spaces?.Spaces ?? []).filter(
    (space) =>
      space.OwnershipSettingsSummary?.OwnerUserProfileName === userProfileName || space.SpaceName === place.spaceName,
  )
  let apps = 0
  for (const owner of [{ UserProfileName: userProfileName }, ...own.map((space) => ({ SpaceName: space.SpaceName }))]) {
    const filter =
      'SpaceName' in owner ? { SpaceNameEquals: owner.SpaceName } : { UserProfileNameEquals: userProfileName }
    const listed = await orNone(sagemaker.send(new ListAppsCommand({ DomainIdEquals: DomainId, ...filter })))
    for (const app of (listed?.Apps ?? []).filter((one) => one.Status !== 'Deleted')) {
      apps += 1
      if (app.Status === 'Deleting') continue
      await orNone(
        sagemaker.send(new DeleteAppCommand({ DomainId, ...owner, AppType: app.AppType, AppName: app.AppName })),
      )
    }
  }
  if (apps > 0) return false
  for (const space of own)
    if (space.Status !== 'Deleting')
      await orNone(sagemaker.send(new DeleteSpaceCommand({ DomainId, SpaceName: space.SpaceName })))
  if (own.length > 0) return false
  const profile = await orNone(
    sagemaker.send(new DescribeUserProfileCommand({ DomainId, UserProfileName: userProfileName })),
  )
  if (!profile) return true
  if (profile.Status !== 'Deleting')
    await orNone(sagemaker.send(new DeleteUserProfileCommand({ DomainId, UserProfileName: userProfileName })))
  return false
}
