import type { Tag } from '@aws-sdk/client-s3'
import { AwsError } from '../../kernel/aws-error.ts'
import { tagMap } from '../tag-list.ts'
import { invalidArgument } from './errors.ts'

/** Tags of a request, within S3's limits (S3 User Guide, "Categorizing your objects using tags"). */
export function checkedTags(list: readonly Tag[] | undefined, max: number): Record<string, string> {
  const tags = tagMap(list)
  if (Object.keys(tags).length !== (list ?? []).length)
    throw invalidTag('Cannot provide multiple Tags with the same key')
  if (Object.keys(tags).length > max)
    throw new AwsError('BadRequest', max === 10 ? 'Object tags cannot be greater than 10' : 'Too many tags', 400)
  for (const [name, value] of Object.entries(tags)) {
    if (name === '' || name.length > 128) throw invalidTag('The TagKey you have provided is invalid')
    if (value.length > 256) throw invalidTag('The TagValue you have provided is invalid')
    if (/^aws:/i.test(name)) throw invalidTag('System tags cannot be added/updated by requester')
  }
  return tags
}

/** Tags of the `x-amz-tagging` header: `key1=value1&key2=value2`. */
export function tagsOfHeader(header: string | undefined, max = 10): Record<string, string> {
  if (header === undefined) return {}
  const pairs = [...new URLSearchParams(header)]
  if (pairs.some(([name]) => name === ''))
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      header,
    )
  return checkedTags(
    pairs.map(([Key, Value]) => ({ Key, Value })),
    max,
  )
}

function invalidTag(message: string): AwsError {
  return new AwsError('InvalidTag', message, 400)
}
