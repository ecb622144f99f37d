import type {
  GetResourcesInput,
  GetResourcesOutput,
  GetTagKeysInput,
  GetTagKeysOutput,
  GetTagValuesInput,
  GetTagValuesOutput,
  TagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import type { Service, TaggedResource } from '../../kernel/service.ts'
import { tagList } from '../tag-list.ts'

/** The reading operations, over the services that tell of their tagged resources. */
export function readOperations(services: readonly Service[]) {
  const tagged = (call: Call) => taggedIn(services, call)
  return [getResources(tagged), getTagKeys(tagged), getTagValues(tagged)]
}

type Tagged = (call: Call) => TaggedResource[]

function taggedIn(services: readonly Service[], call: Call): TaggedResource[] {
  const all = services.flatMap((service) => service.tagged?.(call) ?? [])
  return all.filter((one) => Object.keys(one.tags).length > 0).sort((one, other) => (one.arn < other.arn ? -1 : 1))
}

function getResources(tagged: Tagged) {
  return operation<GetResourcesInput, GetResourcesOutput>({
    name: 'GetResources',
    access: () => [{ action: 'tag:GetResources', resource: '*' }],
    handle: (input, call) => {
      if (input.ResourceARNList?.length && (input.TagFilters?.length || input.ResourceTypeFilters?.length))
        throw new AwsError('InvalidParameterException', 'ResourceARNList cannot be combined with other filters.')
      const found = tagged(call).filter(
        ({ arn, tags }) =>
          (!input.ResourceARNList?.length || input.ResourceARNList.includes(arn)) &&
          (!input.ResourceTypeFilters?.length || input.ResourceTypeFilters.some((type) => isOfType(arn, type))) &&
          (input.TagFilters ?? []).every((filter) => passes(tags, filter)),
      )
      return {
        ResourceTagMappingList: found.map(({ arn, tags }) => ({ ResourceARN: arn, Tags: tagList(tags) })),
      }
    },
  })
}

/** Filters are ANDed; the values of one are ORed, and none means any value. */
function passes(tags: Readonly<Record<string, string>>, filter: TagFilter): boolean {
  const value = tags[filter.Key ?? '']
  return value !== undefined && (!filter.Values?.length || filter.Values.includes(value))
}

/** `ec2` or `ec2:vpc`: service and the first part of the resource in the ARN. */
function isOfType(arn: string, type: string): boolean {
  const [, , service, , , ...resource] = arn.split(':')
  const [kind] = resource.join(':').split(/[:/]/)
  return type === service || type === `${service}:${kind}`
}

function getTagKeys(tagged: Tagged) {
  return operation<GetTagKeysInput, GetTagKeysOutput>({
    name: 'GetTagKeys',
    access: () => [{ action: 'tag:GetTagKeys', resource: '*' }],
    handle: (_input, call) => ({ TagKeys: [...new Set(tagged(call).flatMap((one) => Object.keys(one.tags)))].sort() }),
  })
}

function getTagValues(tagged: Tagged) {
  return operation<GetTagValuesInput, GetTagValuesOutput>({
    name: 'GetTagValues',
    access: () => [{ action: 'tag:GetTagValues', resource: '*' }],
    handle: (input, call) => {
      const values = tagged(call).flatMap((one) => one.tags[input.Key ?? ''] ?? [])
      return { TagValues: [...new Set(values)].sort() }
    },
  })
}
