/** A tag as most AWS APIs write it. */
export interface TagPair {
  Key?: string | undefined
  Value?: string | undefined
}

/** Tags as rows keep them and as access checks read them; a tag without a value has the empty string. */
export function tagMap(list: readonly TagPair[] | undefined): Record<string, string> {
  return Object.fromEntries((list ?? []).map((tag) => [tag.Key ?? '', tag.Value ?? '']))
}

export function tagList(tags: Readonly<Record<string, string>>): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))
}
