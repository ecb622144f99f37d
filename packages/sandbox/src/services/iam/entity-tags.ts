import type { Tag } from '@aws-sdk/client-iam'
import type { Operation } from '../../kernel/operation.ts'
import { type EntityInput, type EntityKind, findEntity, onEntity } from './entity.ts'
import type { RoleRow, UserRow } from './state.ts'
import { tagList, tagMap, withoutTags, withTags } from './tags.ts'

interface TagInput extends EntityInput {
  Tags: Tag[]
  TagKeys: string[]
}

/** Tag…, Untag… and List…Tags of roles or users. */
export function tagOperations<Row extends RoleRow | UserRow>(kind: EntityKind<Row>): Operation<TagInput, unknown>[] {
  const { title } = kind
  return [
    {
      name: `Tag${title}`,
      access: (input, call) => [{ ...onEntity(kind, `Tag${title}`, input, call), requestTags: tagMap(input.Tags) }],
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        row.tags = withTags(row.tags, tagMap(input.Tags))
        kind.rows(call).put(row.name, row)
      },
    },
    {
      name: `Untag${title}`,
      access: (input, call) => [{ ...onEntity(kind, `Untag${title}`, input, call), tagKeys: input.TagKeys }],
      handle: (input, call) => {
        const row = findEntity(kind, input, call)
        row.tags = withoutTags(row.tags, input.TagKeys)
        kind.rows(call).put(row.name, row)
      },
    },
    {
      name: `List${title}Tags`,
      access: (input, call) => [onEntity(kind, `List${title}Tags`, input, call)],
      handle: (input, call) => ({ Tags: tagList(findEntity(kind, input, call).tags) }),
    },
  ]
}
