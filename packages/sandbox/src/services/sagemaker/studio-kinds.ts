import type {
  DescribeAppResponse,
  DescribeDomainResponse,
  DescribeSpaceResponse,
  DescribeStudioLifecycleConfigResponse,
  DescribeUserProfileResponse,
} from '@aws-sdk/client-sagemaker'
import { resourceNotFound } from './errors.ts'
import type { Kind, Stored } from './resource.ts'

export type DomainRow = Stored<DescribeDomainResponse> & { readyAt: string }
export type UserProfileRow = Stored<DescribeUserProfileResponse> & { readyAt: string }
export type SpaceRow = Stored<DescribeSpaceResponse> & { readyAt: string }
export type AppRow = Stored<DescribeAppResponse> & { readyAt: string }
export type StudioLifecycleConfigRow = Stored<DescribeStudioLifecycleConfigResponse>

const missing = (noun: string) => (_arn: string, key: string) =>
  resourceNotFound(`${noun} [${key.split('/').at(-1)}] does not exist.`)

export const domains: Kind<DomainRow> = {
  name: 'Domain',
  path: (id) => `domain/${id}`,
  notFound: missing('Domain'),
}

/** Key: `domain/profile`. Profile names are not case sensitive (API Reference, CreateUserProfile). */
export const userProfiles: Kind<UserProfileRow> = {
  name: 'UserProfile',
  path: (key) => `user-profile/${key}`,
  notFound: missing('User Profile'),
}

export const profileKey = (domainId: string | undefined, name: string | undefined) =>
  `${domainId}/${name?.toLowerCase()}`

/** Key: `domain/space`. */
export const spaces: Kind<SpaceRow> = {
  name: 'Space',
  path: (key) => `space/${key}`,
  notFound: missing('Space'),
}

export const spaceKey = (domainId: string | undefined, name: string | undefined) => `${domainId}/${name}`

/** Key: `domain/profile-or-space/type/name`. */
export const apps: Kind<AppRow> = {
  name: 'App',
  path: (key) => `app/${key}`,
  notFound: missing('App'),
}

export const studioLifecycleConfigs: Kind<StudioLifecycleConfigRow> = {
  name: 'StudioLifecycleConfig',
  path: (name) => `studio-lifecycle-config/${name}`,
  notFound: missing('Studio Lifecycle Config'),
}
