import { GetPolicyCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam'
import { DescribeKeyCommand, KMSClient, ListAliasesCommand } from '@aws-sdk/client-kms'
import { GetResourcesCommand, ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api'
import { orNone, orRefused } from '../aws-error.ts'
import { type Finder, isOurs, nameOf, plannedTag, stackTag } from './finder.ts'

/**
 * IAM knows the path of a role only when there is one; of a missing one it asks for leave by the bare name, which roles
 * that are narrowed to a path do not have. Nor have they for a stranger's role on another path.
 */
export const iamRole: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const found = await orNone(orRefused(session.client(IAMClient).send(new GetRoleCommand({ RoleName: name }))))
  return isOurs(found?.Role?.Tags, wanted) ? name : undefined
}

export const iamPolicy: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name) return undefined
  const path = typeof wanted.after.path === 'string' ? wanted.after.path : '/'
  const arn = `arn:${session.partition}:iam::${session.accountId}:policy${path}${name}`
  const found = await orNone(session.client(IAMClient).send(new GetPolicyCommand({ PolicyArn: arn })))
  return isOurs(found?.Policy?.Tags, wanted) ? arn : undefined
}

/** Keys have no name: the stack's tag finds them, and the description tells several apart. Keys to be deleted are gone. */
export const kmsKey: Finder = async (session, wanted) => {
  const answer = await session.client(ResourceGroupsTaggingAPIClient).send(
    new GetResourcesCommand({
      ResourceTypeFilters: ['kms:key'],
      TagFilters: [{ Key: stackTag, Values: [wanted.stackKey] }],
    }),
  )
  for (const { ResourceARN: arn, Tags: tags } of answer.ResourceTagMappingList ?? []) {
    const wantedName = plannedTag(wanted, 'Name')
    if (!arn || (wantedName && tags?.find((tag) => tag.Key === 'Name')?.Value !== wantedName)) continue
    const key = await orNone(session.client(KMSClient).send(new DescribeKeyCommand({ KeyId: arn })))
    const { KeyState: state, Description: description, KeyId: id } = key?.KeyMetadata ?? {}
    if (state === 'Enabled' && (!wanted.after.description || description === wanted.after.description)) return id
  }
  return undefined
}

/** An alias carries no tag; the path `alias/uais` is the platform's. */
export const kmsAlias: Finder = async (session, wanted) => {
  const name = nameOf(wanted)
  if (!name?.startsWith('alias/uais')) return undefined
  for (let marker: string | undefined; ; ) {
    const page = await session.client(KMSClient).send(new ListAliasesCommand({ ...(marker ? { Marker: marker } : {}) }))
    if (page.Aliases?.some((alias) => alias.AliasName === name)) return name
    marker = page.NextMarker
    if (!marker) return undefined
  }
}
