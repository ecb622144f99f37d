import type { Filter, SearchRequest, SearchResponse } from '@aws-sdk/client-sagemaker'
import { AwsError } from '../../kernel/aws-error.ts'
import type { Call } from '../../kernel/operation.ts'
import { operation } from '../../kernel/operation.ts'
import { tagList } from '../tag-list.ts'
import { onAnything } from './access.ts'
import { endpoints, modelPackageGroups, modelPackages, models } from './model-kinds.ts'
import { type Kind, rows } from './resource.ts'
import { tagsOf } from './tag-store.ts'
import { trainingJobs } from './training-kind.ts'

// biome-ignore lint/suspicious/noExplicitAny: rows of several kinds, read by the name of a property
const kinds: Record<string, { kind: Kind<any>; arn: string }> = {
  TrainingJob: { kind: trainingJobs, arn: 'TrainingJobArn' },
  ModelPackage: { kind: modelPackages, arn: 'ModelPackageArn' },
  ModelPackageGroup: { kind: modelPackageGroups, arn: 'ModelPackageGroupArn' },
  Model: { kind: models, arn: 'ModelArn' },
  Endpoint: { kind: endpoints, arn: 'EndpointArn' },
}

type Found = Record<string, unknown>

/** Search over the kinds above by property and tag filters; nested filters and sub-expressions are refused. */
export const search = operation<SearchRequest, SearchResponse>({
  name: 'Search',
  access: (input, call) => {
    const visible = (input.VisibilityConditions ?? []).map((each) => [
      `sagemaker:SearchVisibilityCondition/${each.Key}`,
      each.Value,
    ])
    return [{ ...onAnything(call, 'Search'), context: Object.fromEntries(visible) }]
  },
  handle: (input, call) => {
    const resource = input.Resource ?? ''
    const known = kinds[resource]
    if (!known) throw new AwsError('NotImplemented', `The sandbox does not implement Search over ${resource}.`, 501)
    if (input.SearchExpression?.NestedFilters?.length || input.SearchExpression?.SubExpressions?.length)
      throw new AwsError('NotImplemented', 'The sandbox implements Search with Filters only.', 501)
    const filters = input.SearchExpression?.Filters ?? []
    const or = input.SearchExpression?.Operator === 'Or'
    const found = [...rows(known.kind, call).values()]
      .map((row) => withTags(call, row as Found, known.arn))
      .filter((row) => filters.length === 0 || (or ? filters.some(matches(row)) : filters.every(matches(row))))
    const sortBy = input.SortBy ?? 'LastModifiedTime'
    const sorted = found.toSorted((a, b) => (String(a[sortBy] ?? '') < String(b[sortBy] ?? '') ? -1 : 1))
    if (input.SortOrder !== 'Ascending') sorted.reverse()
    return {
      Results: sorted.map((row) => ({ [resource]: row })),
      TotalHits: { Value: sorted.length, Relation: 'EqualTo' },
    }
  },
})

function withTags(call: Call, row: Found, arnMember: string): Found {
  return { ...row, Tags: tagList(tagsOf(call, String(row[arnMember])) ?? {}) }
}

/** API Reference, Filter: `Tags.key` is a property like any other; `Exists` needs no value. */
const matches = (row: Found) => (filter: Filter) => {
  const value = property(row, filter.Name ?? '')
  const wanted = filter.Value ?? ''
  const text = value === undefined ? undefined : String(value)
  const order = text !== undefined && compare(text, wanted)
  switch (filter.Operator ?? 'Equals') {
    case 'Equals':
      return text === wanted
    case 'NotEquals':
      return text !== undefined && text !== wanted
    case 'Exists':
      return text !== undefined
    case 'NotExists':
      return text === undefined
    case 'Contains':
      return text?.includes(wanted) ?? false
    case 'In':
      return text !== undefined && wanted.split(',').includes(text)
    case 'GreaterThan':
      return order !== false && order > 0
    case 'GreaterThanOrEqualTo':
      return order !== false && order >= 0
    case 'LessThan':
      return order !== false && order < 0
    default:
      return order !== false && order <= 0
  }
}

function property(row: Found, name: string): unknown {
  if (name.startsWith('Tags.'))
    return (row.Tags as { Key: string; Value: string }[]).find((tag) => tag.Key === name.slice('Tags.'.length))?.Value
  return name.split('.').reduce<unknown>((value, part) => (value as Found | undefined)?.[part], row)
}

function compare(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)]
  if (!Number.isNaN(x) && !Number.isNaN(y)) return x - y
  return a < b ? -1 : a > b ? 1 : 0
}
