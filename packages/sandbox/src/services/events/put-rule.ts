import type { PutRuleRequest, PutRuleResponse } from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { onRule, passRole } from './access.ts'
import { isObject, type JsonObject, readPattern } from './pattern-syntax.ts'
import { placeOf, type RuleState, requireBus, ruleArn, rules } from './state.ts'

/** Creates or replaces a rule; its targets and tags stay (EventBridge API Reference, "PutRule"). */
export const putRule = operation<PutRuleRequest, PutRuleResponse>({
  name: 'PutRule',
  access: (input, call) => [
    {
      ...onRule('PutRule', placeOf(input.EventBusName, call), input.Name, call, patternKeys(input.EventPattern)),
      requestTags: tagMap(input.Tags),
    },
    ...passRole(input.RoleArn),
  ],
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    requireBus(call, place)
    check(input, place.bus)
    const old = rules(call, place).get(input.Name!)
    rules(call, place).put(input.Name!, {
      name: input.Name!,
      bus: place.bus,
      pattern: input.EventPattern || undefined,
      schedule: input.ScheduleExpression || undefined,
      state: (input.State as RuleState | undefined) ?? 'ENABLED',
      description: input.Description || undefined,
      roleArn: input.RoleArn || undefined,
      tags: old?.tags ?? tagMap(input.Tags),
      targets: old?.targets ?? [],
    })
    return { RuleArn: ruleArn(call, place, input.Name!) }
  },
})

function check(input: PutRuleRequest, bus: string): void {
  if (!input.EventPattern && !input.ScheduleExpression)
    throw new AwsError('ValidationException', 'Parameter(s) EventPattern or ScheduleExpression must be specified.')
  if (input.EventPattern) readPattern(input.EventPattern)
  if (!input.ScheduleExpression) return
  if (bus !== 'default')
    throw new AwsError('ValidationException', 'ScheduleExpression is supported only on the default event bus.')
  if (!/^(rate\([1-9]\d* (minutes?|hours?|days?)\)|cron\(\S+( \S+){5}\))$/.test(input.ScheduleExpression))
    throw new AwsError('ValidationException', 'Parameter ScheduleExpression is not valid.')
}

/** Condition keys that read the pattern: which sources and detail types a rule may listen to. */
function patternKeys(text: string | undefined): Record<string, string[]> {
  if (!text) return {}
  const pattern = readable(text)
  const keys: Record<string, string[]> = {}
  for (const field of ['source', 'detail-type']) {
    const values = pattern[field]
    if (Array.isArray(values)) keys[`events:${field}`] = values.filter((value) => typeof value === 'string')
  }
  return keys
}

/** The pattern, or nothing: a faulty one is refused after authorisation. */
function readable(text: string): JsonObject {
  try {
    const value = JSON.parse(text)
    return isObject(value) ? value : {}
  } catch {
    return {}
  }
}
