import type {
  ConfigRule,
  DeleteConfigRuleRequest,
  DescribeConfigRulesRequest,
  DescribeConfigRulesResponse,
  PutConfigRuleRequest,
} from '@aws-sdk/client-config-service'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { type ConfigRuleRow, configRules, findRule, onAny, onRule, recorders, ruleArn } from './state.ts'

/** Creates a rule, or changes the one that is named by name, ARN or id. */
export const putConfigRule = operation<PutConfigRuleRequest, void>({
  name: 'PutConfigRule',
  access: (input, call) => [
    { ...onRule('PutConfigRule', input.ConfigRule?.ConfigRuleName, call), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const given = input.ConfigRule!
    check(given, call)
    const old = existing(given, call)
    const name = given.ConfigRuleName ?? old?.name
    if (!name) throw new AwsError('InvalidParameterValueException', 'ConfigRuleName must be specified.')
    const id = old?.id ?? `config-rule-${call.id(6)}`
    configRules(call).put(name, {
      id,
      name,
      rule: {
        ConfigRuleState: 'ACTIVE',
        EvaluationModes: [{ Mode: 'DETECTIVE' }],
        ...given,
        ConfigRuleName: name,
        ConfigRuleId: id,
        ConfigRuleArn: ruleArn(call, id),
      },
      tags: old?.tags ?? tagMap(input.Tags),
    })
  },
})

function existing(given: ConfigRule, call: Call): ConfigRuleRow | undefined {
  return [...configRules(call).values()].find(
    (row) =>
      row.name === given.ConfigRuleName ||
      row.id === given.ConfigRuleId ||
      ruleArn(call, row.id) === given.ConfigRuleArn,
  )
}

/** Managed rules are named in capitals, e.g. `SAGEMAKER_DOMAIN_IN_VPC`; a recorder must be there. */
function check(rule: ConfigRule, call: Call): void {
  if (recorders(call).size === 0)
    throw new AwsError(
      'NoAvailableConfigurationRecorderException',
      'Configuration recorder is not available to put config rule.',
    )
  const { Owner, SourceIdentifier, CustomPolicyDetails } = rule.Source ?? {}
  if (Owner === 'AWS' && !/^[A-Z0-9_]+$/.test(SourceIdentifier ?? ''))
    throw new AwsError('InvalidParameterValueException', `The sourceIdentifier ${SourceIdentifier} is invalid.`)
  if (Owner === 'CUSTOM_LAMBDA' && !/^arn:[^:]+:lambda:/.test(SourceIdentifier ?? ''))
    throw new AwsError('InvalidParameterValueException', `The sourceIdentifier ${SourceIdentifier} is no function ARN.`)
  if (Owner === 'CUSTOM_POLICY' && !CustomPolicyDetails)
    throw new AwsError('InvalidParameterValueException', 'CustomPolicyDetails must be specified for CUSTOM_POLICY.')
  if (rule.InputParameters && !isJson(rule.InputParameters))
    throw new AwsError('InvalidParameterValueException', 'InputParameters is not valid JSON.')
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

export const describeConfigRules = operation<DescribeConfigRulesRequest, DescribeConfigRulesResponse>({
  name: 'DescribeConfigRules',
  access: () => onAny('DescribeConfigRules'),
  handle: (input, call) => {
    const rows = input.ConfigRuleNames?.length
      ? input.ConfigRuleNames.map((name) => findRule(call, name))
      : [...configRules(call).values()]
    const mode = input.Filters?.EvaluationMode
    return {
      ConfigRules: rows
        .map((row) => row.rule)
        .filter((rule) => !mode || rule.EvaluationModes?.some((one) => one.Mode === mode)),
    }
  },
})

export const deleteConfigRule = operation<DeleteConfigRuleRequest, void>({
  name: 'DeleteConfigRule',
  access: (input, call) => [onRule('DeleteConfigRule', input.ConfigRuleName, call)],
  handle: (input, call) => {
    configRules(call).delete(findRule(call, input.ConfigRuleName).name)
  },
})
