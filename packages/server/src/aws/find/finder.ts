import type { AwsSession } from '../session.ts'

/** A resource that a plan wants to create: what is known of it, and the stack that it would belong to. */
export interface Wanted {
  type: string
  /** Planned attributes; those known only after apply are absent. */
  after: Record<string, unknown>
  stackKey: string
}

/** Looks whether it is already there. @returns the id that `import` takes, or undefined. */
export type Finder = (session: AwsSession, wanted: Wanted) => Promise<string | undefined>

export const stackTag = 'uais:stack'

export const nameOf = (wanted: Wanted, attribute = 'name') =>
  typeof wanted.after[attribute] === 'string' ? (wanted.after[attribute] as string) : undefined

/** Tags as services list them, in either spelling. */
type TagList = readonly {
  Key?: string
  key?: string
  TagKey?: string
  Value?: string
  value?: string
  TagValue?: string
}[]

export function tagValue(tags: TagList | undefined, key: string): string | undefined {
  const tag = tags?.find((one) => (one.Key ?? one.key ?? one.TagKey) === key)
  return tag?.Value ?? tag?.value ?? tag?.TagValue
}

/** Only what carries the stack's tag is ours to adopt: a stranger's resource of the same name is left alone. */
export const isOurs = (tags: TagList | undefined, wanted: Wanted) => tagValue(tags, stackTag) === wanted.stackKey

/** Planned tags as a resource will carry them: its own and the provider's `default_tags`. */
export function plannedTag(wanted: Wanted, key: string): string | undefined {
  for (const attribute of ['tags_all', 'tags']) {
    const value = (wanted.after[attribute] as Record<string, unknown> | null | undefined)?.[key]
    if (typeof value === 'string') return value
  }
  return undefined
}
