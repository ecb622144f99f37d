import type { Tag } from '@aws-sdk/client-iam'
import { invalidInput } from './errors.ts'
import { checkTagCount } from './quotas.ts'

export const tagList = (tags: Record<string, string>): { Key: string; Value: string }[] =>
  Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))

/** Tags of a request as a map. Keys compare without case (IAM User Guide, "Tags for IAM resources"). */
export function tagMap(tags: readonly Tag[] | undefined): Record<string, string> {
  const out: Record<string, string> = {}
  const seen = new Set<string>()
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (seen.has(Key.toLowerCase())) {
      throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
    }
    if (/^aws:/i.test(Key)) throw invalidInput('Tag keys that start with aws: are reserved for system use')
    seen.add(Key.toLowerCase())
    out[Key] = Value
  }
  checkTagCount(seen.size)
  return out
}

export function withTags(present: Record<string, string>, added: Record<string, string>): Record<string, string> {
  const replaced = new Set(Object.keys(added).map((key) => key.toLowerCase()))
  const kept = Object.entries(present).filter(([key]) => !replaced.has(key.toLowerCase()))
  const tags = { ...Object.fromEntries(kept), ...added }
  checkTagCount(Object.keys(tags).length)
  return tags
}

export function withoutTags(present: Record<string, string>, keys: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(present).filter(([key]) => !keys.includes(key)))
}
