import type { Tag } from '@aws-sdk/client-organizations'
import { invalidInput } from './errors.ts'

export function tagMap(tags: readonly Tag[] | undefined): Record<string, string> {
  const out: Record<string, string> = {}
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (Key in out) {
      throw invalidInput('You specified a tag key more than once. Tag keys must be unique.', 'DUPLICATE_TAG_KEY')
    }
    if (/^aws:/i.test(Key)) {
      throw invalidInput('Tag keys that start with aws: are reserved.', 'INVALID_SYSTEM_TAGS_PARAMETER')
    }
    out[Key] = Value
  }
  return out
}
