import type {
  ListTargetsByRuleRequest,
  ListTargetsByRuleResponse,
  PutTargetsRequest,
  PutTargetsResponse,
  PutTargetsResultEntry,
  RemoveTargetsRequest,
  RemoveTargetsResponse,
  Target,
} from '@aws-sdk/client-eventbridge'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { onRule, passRole } from './access.ts'
import { findRule, placeOf, rules } from './state.ts'
import { readTemplate } from './target-input.ts'

/** Services that the sandbox delivers events to. */
const deliverable = /^arn:[^:]+:(sqs|logs|events):[^:]+:\d{12}:/

export const putTargets = operation<PutTargetsRequest, PutTargetsResponse>({
  name: 'PutTargets',
  access: (input, call) => [
    onRule('PutTargets', placeOf(input.EventBusName, call), input.Rule, call, {
      'events:TargetArn': (input.Targets ?? []).map((target) => target.Arn ?? ''),
    }),
    ...(input.Targets ?? []).flatMap((target) => passRole(target.RoleArn)),
  ],
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    const row = findRule(call, place, input.Rule!)
    const FailedEntries: PutTargetsResultEntry[] = []
    let targets = row.targets
    for (const target of input.Targets ?? []) {
      const fault = faultOf(target)
      if (fault) FailedEntries.push({ TargetId: target.Id, ErrorCode: 'ValidationException', ErrorMessage: fault })
      else targets = [...targets.filter((one) => one.Id !== target.Id), target]
    }
    // Five targets per rule (EventBridge User Guide, "Quotas").
    if (targets.length > 5)
      throw new AwsError('LimitExceededException', 'The requested resource exceeds the maximum number allowed.')
    rules(call, place).put(row.name, { ...row, targets })
    return { FailedEntryCount: FailedEntries.length, FailedEntries }
  },
})

function faultOf(target: Target): string | undefined {
  const given = [target.Input, target.InputPath, target.InputTransformer].filter((one) => one !== undefined)
  if (given.length > 1)
    return `Only one of Input, InputPath, or InputTransformer must be provided for target ${target.Id}.`
  if (!deliverable.test(target.Arn ?? ''))
    return `The sandbox delivers events to SQS queues, event buses, API destinations and log groups; it has no target ${target.Arn}.`
  if (/:api-destination\//.test(target.Arn ?? '') && !target.RoleArn)
    return `RoleArn is required for target ${target.Arn}.`
  if (target.Input !== undefined && !isJson(target.Input)) return `JSON syntax error in input for target ${target.Id}`
  return target.InputTransformer ? readTemplate(target.InputTransformer) : undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export const removeTargets = operation<RemoveTargetsRequest, RemoveTargetsResponse>({
  name: 'RemoveTargets',
  access: (input, call) => [onRule('RemoveTargets', placeOf(input.EventBusName, call), input.Rule, call)],
  handle: (input, call) => {
    const place = placeOf(input.EventBusName, call)
    const row = findRule(call, place, input.Rule!)
    rules(call, place).put(row.name, { ...row, targets: row.targets.filter((one) => !input.Ids?.includes(one.Id!)) })
    return { FailedEntryCount: 0, FailedEntries: [] }
  },
})

export const listTargetsByRule = operation<ListTargetsByRuleRequest, ListTargetsByRuleResponse>({
  name: 'ListTargetsByRule',
  access: (input, call) => [onRule('ListTargetsByRule', placeOf(input.EventBusName, call), input.Rule, call)],
  handle: (input, call) => ({ Targets: findRule(call, placeOf(input.EventBusName, call), input.Rule!).targets }),
})
