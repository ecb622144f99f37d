import type {
  AdvancedEventSelector,
  EventSelector,
  GetEventSelectorsRequest,
  GetEventSelectorsResponse,
  GetInsightSelectorsRequest,
  GetInsightSelectorsResponse,
  PutEventSelectorsRequest,
  PutEventSelectorsResponse,
} from '@aws-sdk/client-cloudtrail'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onTrail } from './access.ts'
import { invalidSelectors } from './errors.ts'
import { defaultSelectors } from './selectors.ts'
import { findTrail, trails } from './state.ts'
import { atHome } from './trails.ts'

export const putEventSelectors = operation<PutEventSelectorsRequest, PutEventSelectorsResponse>({
  name: 'PutEventSelectors',
  access: (input, call) => [onTrail('PutEventSelectors', input.TrailName, call)],
  handle: (input, call) => {
    const trail = atHome(input.TrailName, call)
    const { EventSelectors, AdvancedEventSelectors } = input
    if (Boolean(EventSelectors?.length) === Boolean(AdvancedEventSelectors?.length))
      throw invalidSelectors('Exactly one of EventSelectors and AdvancedEventSelectors must be specified.')
    const selectors = EventSelectors?.length ? EventSelectors.map(checkedBasic) : undefined
    const advancedSelectors = AdvancedEventSelectors?.length ? AdvancedEventSelectors : undefined
    advancedSelectors?.forEach(checkAdvanced)
    trails(call, trail.account).put(trail.name, { ...trail, selectors, advancedSelectors })
    return { TrailARN: trail.arn, EventSelectors: selectors, AdvancedEventSelectors: advancedSelectors }
  },
})

/** Basic selectors know three resource types; others need advanced ones. */
const basicTypes = ['AWS::S3::Object', 'AWS::Lambda::Function', 'AWS::DynamoDB::Table']

function checkedBasic(selector: EventSelector): EventSelector {
  const foreign = selector.DataResources?.find((one) => !basicTypes.includes(one.Type ?? ''))
  if (foreign) throw invalidSelectors(`${foreign.Type} is not a valid resource type for EventSelectors.`)
  for (const value of selector.DataResources?.flatMap((one) => one.Values ?? []) ?? [])
    if (!/^arn:[^:]+:(s3|lambda|dynamodb)(:|$)/.test(value))
      throw invalidSelectors(`Value ${value} for DataResources.Values is invalid.`)
  return {
    ReadWriteType: selector.ReadWriteType ?? 'All',
    IncludeManagementEvents: selector.IncludeManagementEvents ?? true,
    DataResources: selector.DataResources ?? [],
    ExcludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
  }
}

const fields = [
  'eventCategory',
  'readOnly',
  'eventName',
  'eventSource',
  'eventType',
  'resources.type',
  'resources.ARN',
  'userIdentity.arn',
]
const operators = ['Equals', 'StartsWith', 'EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith'] as const

/** CloudTrail API Reference, "AdvancedFieldSelector". */
function checkAdvanced(selector: AdvancedEventSelector): void {
  const all = selector.FieldSelectors ?? []
  const one = (name: string) => all.find((field) => field.Field === name)
  const category = one('eventCategory')?.Equals?.[0]
  if (category !== 'Management' && category !== 'Data')
    throw invalidSelectors('FieldSelectors must contain eventCategory with Equals Management or Data.')
  const type = one('resources.type')?.Equals
  if (category === 'Data' && type?.length !== 1)
    throw invalidSelectors('Data events need exactly one value of resources.type, with the operator Equals.')
  if (category === 'Management' && (type || one('resources.ARN')))
    throw invalidSelectors('resources.type and resources.ARN are for data events only.')
  for (const field of all) {
    if (!fields.includes(field.Field ?? '')) throw invalidSelectors(`Field ${field.Field} is not supported.`)
    if (!operators.some((name) => field[name]?.length))
      throw invalidSelectors(`Field ${field.Field} needs at least one operator with values.`)
    const narrow = ['eventCategory', 'readOnly', 'resources.type'].includes(field.Field ?? '')
    if (narrow && (operators.some((name) => name !== 'Equals' && field[name]?.length) || field.Equals?.length !== 1))
      throw invalidSelectors(`Field ${field.Field} can only use Equals, with one value.`)
  }
}

export const getEventSelectors = operation<GetEventSelectorsRequest, GetEventSelectorsResponse>({
  name: 'GetEventSelectors',
  access: (input, call) => [onTrail('GetEventSelectors', input.TrailName, call)],
  handle: (input, call) => {
    const trail = findTrail(call, input.TrailName)
    if (trail.advancedSelectors) return { TrailARN: trail.arn, AdvancedEventSelectors: trail.advancedSelectors }
    return { TrailARN: trail.arn, EventSelectors: trail.selectors ?? defaultSelectors }
  },
})

/** Insights are not emulated, so no trail has them. */
export const getInsightSelectors = operation<GetInsightSelectorsRequest, GetInsightSelectorsResponse>({
  name: 'GetInsightSelectors',
  access: (input, call) => [onTrail('GetInsightSelectors', input.TrailName, call)],
  handle: (input, call) => {
    const trail = findTrail(call, input.TrailName)
    throw new AwsError(
      'InsightNotEnabledException',
      `Trail ${trail.arn} does not have Insights enabled. Edit the trail settings to enable Insights, and then try the operation again.`,
    )
  },
})
