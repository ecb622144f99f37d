import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { tagList, tagMap } from '../tag-list.ts'
import { onBus, onRule } from './access.ts'
import { type BusPlace, buses, defaultBus, findRule, requireBus, rules } from './state.ts'

/** A taggable thing by its ARN: a rule, or a bus. */
interface Tagged {
  place: BusPlace
  rule?: string
}

function parse(arn: string): Tagged {
  const [, region = '', account = '', type, path = ''] =
    /^arn:[^:]+:events:([^:]*):(\d{12}):(rule|event-bus)\/(.+)$/.exec(arn) ?? []
  if (!type) throw new AwsError('ValidationException', `Parameter ResourceARN is not valid: ${arn}`)
  if (type === 'event-bus') return { place: { account, region, bus: path } }
  const [bus, rule] = path.includes('/') ? path.split('/') : [defaultBus, path]
  return { place: { account, region, bus: bus as string }, rule: rule as string }
}

function access(action: string, arn: string, call: Call): AccessCheck {
  const { place, rule } = parse(arn)
  return rule === undefined ? onBus(action, place, call) : onRule(action, place, rule, call)
}

function tagsAt({ place, rule }: Tagged, call: Call): Record<string, string> {
  if (rule !== undefined) return findRule(call, place, rule).tags
  requireBus(call, place)
  return buses(call, place).get(place.bus)?.tags ?? {}
}

function setTags({ place, rule }: Tagged, tags: Record<string, string>, call: Call): void {
  const now = call.now.toISOString()
  const bus = buses(call, place).get(place.bus) ?? { name: place.bus, created: now, modified: now }
  if (rule === undefined) buses(call, place).put(place.bus, { ...bus, tags })
  else rules(call, place).put(rule, { ...findRule(call, place, rule), tags })
}

export const tagResource = operation<TagResourceRequest, void>({
  name: 'TagResource',
  access: (input, call) => [{ ...access('TagResource', input.ResourceARN!, call), requestTags: tagMap(input.Tags) }],
  handle: (input, call) => {
    const tagged = parse(input.ResourceARN!)
    setTags(tagged, { ...tagsAt(tagged, call), ...tagMap(input.Tags) }, call)
  },
})

export const untagResource = operation<UntagResourceRequest, void>({
  name: 'UntagResource',
  access: (input, call) => [{ ...access('UntagResource', input.ResourceARN!, call), tagKeys: input.TagKeys }],
  handle: (input, call) => {
    const tagged = parse(input.ResourceARN!)
    const left = Object.entries(tagsAt(tagged, call)).filter(([key]) => !input.TagKeys?.includes(key))
    setTags(tagged, Object.fromEntries(left), call)
  },
})

export const listTagsForResource = operation<ListTagsForResourceRequest, ListTagsForResourceResponse>({
  name: 'ListTagsForResource',
  access: (input, call) => [access('ListTagsForResource', input.ResourceARN!, call)],
  handle: (input, call) => ({ Tags: tagList(tagsAt(parse(input.ResourceARN!), call)) }),
})
