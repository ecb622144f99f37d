import type {
  DeleteRuleRequest,
  DescribeRuleRequest,
  DescribeRuleResponse,
  DisableRuleRequest,
  EnableRuleRequest,
  ListRuleNamesByTargetRequest,
  ListRuleNamesByTargetResponse,
  ListRulesRequest,
  ListRulesResponse,
  TestEventPatternRequest,
  TestEventPatternResponse,
} from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { onAny, onRule } from './access.ts'
import { matches } from './pattern-match.ts'
import { readPattern } from './pattern-syntax.ts'
import { type BusPlace, findRule, placeOf, type RuleRow, type RuleState, requireBus, ruleArn, rules } from './state.ts'

export const describeRule = operation<DescribeRuleRequest, DescribeRuleResponse>({
  name: 'DescribeRule',
  access: (input, call) => [onRule('DescribeRule', placeOf(input.EventBusName, call), input.Name, call)],
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    return { ...shape(findRule(call, place, input.Name!), place, call), CreatedBy: place.account }
  },
})

function shape(row: RuleRow, place: BusPlace, call: Call) {
  return {
    Name: row.name,
    Arn: ruleArn(call, place, row.name),
    EventPattern: row.pattern,
    ScheduleExpression: row.schedule,
    State: row.state,
    Description: row.description,
    RoleArn: row.roleArn,
    EventBusName: row.bus,
  }
}

/** A rule that is not there is no error, one with targets is (EventBridge API Reference, "DeleteRule"). */
export const deleteRule = operation<DeleteRuleRequest, void>({
  name: 'DeleteRule',
  access: (input, call) => [onRule('DeleteRule', placeOf(input.EventBusName, call), input.Name, call)],
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    requireBus(call, place)
    if ((rules(call, place).get(input.Name!)?.targets.length ?? 0) > 0)
      throw new AwsError('ValidationException', "Rule can't be deleted since it has targets.")
    rules(call, place).delete(input.Name!)
  },
})

export const enableRule = operation<EnableRuleRequest, void>({
  name: 'EnableRule',
  access: (input, call) => [onRule('EnableRule', placeOf(input.EventBusName, call), input.Name, call)],
  handle: (input, call) => setState(input, 'ENABLED', call),
})

export const disableRule = operation<DisableRuleRequest, void>({
  name: 'DisableRule',
  access: (input, call) => [onRule('DisableRule', placeOf(input.EventBusName, call), input.Name, call)],
  handle: (input, call) => setState(input, 'DISABLED', call),
})

function setState(input: EnableRuleRequest, state: RuleState, call: Call): void {
  const place = placeOf(input.EventBusName, call)
  const row = findRule(call, place, input.Name!)
  rules(call, place).put(row.name, { ...row, state })
}

export const listRules = operation<ListRulesRequest, ListRulesResponse>({
  name: 'ListRules',
  access: () => onAny('ListRules'),
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    requireBus(call, place)
    const found = [...rules(call, place).values()].filter((row) => row.name.startsWith(input.NamePrefix ?? ''))
    return { Rules: found.map((row) => shape(row, place, call)) }
  },
})

export const listRuleNamesByTarget = operation<ListRuleNamesByTargetRequest, ListRuleNamesByTargetResponse>({
  name: 'ListRuleNamesByTarget',
  access: () => onAny('ListRuleNamesByTarget'),
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    requireBus(call, place)
    const found = [...rules(call, place).values()].filter((row) =>
      row.targets.some((target) => target.Arn === input.TargetArn),
    )
    return { RuleNames: found.map((row) => row.name) }
  },
})

export const testEventPattern = operation<TestEventPatternRequest, TestEventPatternResponse>({
  name: 'TestEventPattern',
  access: () => onAny('TestEventPattern'),
  handle: (input) => ({ Result: matches(readPattern(input.EventPattern!), readEvent(input.Event!)) }),
})

function readEvent(text: string) {
  try {
    return JSON.parse(text)
  } catch {
    throw new AwsError('InvalidEventPatternException', 'Event is not valid JSON.')
  }
}
