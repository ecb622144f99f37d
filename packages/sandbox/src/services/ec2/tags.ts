import type {
  CreateTagsRequest,
  DeleteTagsRequest,
  DescribeTagsRequest,
  DescribeTagsResult,
  TagDescription,
} from '@aws-sdk/client-ec2'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { anyResource, onExisting } from './access.ts'
import { type FilterTable, filtered } from './describe.ts'
import { find, rows } from './kind.ts'
import { kindOfId, kinds } from './kinds.ts'
import { checkTags } from './tag-specification.ts'

/** Checks on each named resource, by the kind that its id's prefix tells. */
function onResources(action: string, ids: readonly string[] | undefined, call: Call): AccessCheck[] {
  return (ids ?? []).map((id) => onExisting(action, kindFor(id), id, call))
}

function kindFor(id: string) {
  const kind = kindOfId(id)
  if (kind) return kind
  throw new AwsError('InvalidID', `The ID '${id}' is not valid`)
}

export const createTags = operation<CreateTagsRequest, void>({
  name: 'CreateTags',
  access: (input, call) =>
    onResources('CreateTags', input.Resources, call).map((check) => ({ ...check, requestTags: tagMap(input.Tags) })),
  handle: (input, call) => {
    for (const id of input.Resources ?? []) {
      const row = find(kindFor(id), call, id)
      const tags = { ...row.tags, ...tagMap(input.Tags) }
      checkTags(tags)
      rows(kindFor(id), call).put(id, { ...row, tags })
    }
  },
})

/** A tag with a value is removed only if the value is equal; without Tags, all go (EC2 API Reference, "DeleteTags"). */
export const deleteTags = operation<DeleteTagsRequest, void>({
  name: 'DeleteTags',
  access: (input, call) =>
    onResources('DeleteTags', input.Resources, call).map((check) => ({
      ...check,
      tagKeys: input.Tags?.map((tag) => tag.Key ?? '') ?? Object.keys(check.resourceTags ?? {}),
    })),
  handle: (input, call) => {
    for (const id of input.Resources ?? []) {
      const row = find(kindFor(id), call, id)
      const left = Object.entries(row.tags).filter(
        ([key, value]) =>
          input.Tags && !input.Tags.some((tag) => tag.Key === key && (tag.Value === undefined || tag.Value === value)),
      )
      rows(kindFor(id), call).put(id, { ...row, tags: Object.fromEntries(left) })
    }
  },
})

const filters: FilterTable<TagDescription> = {
  key: (tag) => tag.Key,
  value: (tag) => tag.Value,
  'resource-id': (tag) => tag.ResourceId,
  'resource-type': (tag) => tag.ResourceType,
}

export const describeTags = operation<DescribeTagsRequest, DescribeTagsResult>({
  name: 'DescribeTags',
  access: (_input, call) => anyResource('DescribeTags', call),
  handle: (input, call) => {
    const all = kinds.flatMap((kind) =>
      [...rows(kind, call).values()].flatMap((row) =>
        Object.entries(row.tags as Record<string, string>).map(([Key, Value]) => ({
          ResourceId: row.id as string,
          ResourceType: kind.name as TagDescription['ResourceType'],
          Key,
          Value,
        })),
      ),
    )
    return { Tags: filtered(all, input.Filters, filters, call) }
  },
})
