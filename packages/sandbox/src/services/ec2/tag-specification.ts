import type { TagSpecification } from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { tagMap } from '../tag-list.ts'

/** Tags that a create call gives to resources of `type`. */
export function tagsFor(specifications: readonly TagSpecification[] | undefined, type: string): Record<string, string> {
  return tagMap((specifications ?? []).filter((one) => one.ResourceType === type).flatMap((one) => one.Tags ?? []))
}

/** Refuses tag specifications for other types than the one created, and tags that EC2 does not take. */
export function checkedTags(
  specifications: readonly TagSpecification[] | undefined,
  type: string,
): Record<string, string> {
  const foreign = specifications?.find((one) => one.ResourceType !== type)
  if (foreign)
    throw new AwsError(
      'InvalidParameterValue',
      `'${foreign.ResourceType ?? ''}' is not a valid taggable resource type for this operation.`,
    )
  const tags = tagsFor(specifications, type)
  checkTags(tags)
  return tags
}

/** EC2 User Guide, "Tag restrictions": 50 tags, keys of 1-127, values up to 255 characters, `aws:` is reserved. */
export function checkTags(tags: Readonly<Record<string, string>>): void {
  for (const [key, value] of Object.entries(tags)) {
    if (/^aws:/i.test(key))
      throw new AwsError('InvalidParameterValue', `Tag keys starting with 'aws:' are reserved for internal use`)
    if (key.length === 0 || key.length > 127)
      throw new AwsError('InvalidParameterValue', `Tag key exceeds the maximum length of 127 characters or is empty`)
    if (value.length > 255)
      throw new AwsError('InvalidParameterValue', `Tag value exceeds the maximum length of 255 characters`)
  }
  if (Object.keys(tags).length > 50)
    throw new AwsError('TagLimitExceeded', 'The maximum number of tags for a resource has been reached.')
}
