import type { ConfigRule, ConfigurationRecorder, DeliveryChannel } from '@aws-sdk/client-config-service'
import { AwsError } from '../../kernel/aws-error.ts'
import type { AccessCheck, Call } from '../../kernel/operation.ts'
import type { Table } from '../../kernel/table.ts'

export interface ConfigRuleRow {
  id: string
  name: string
  rule: ConfigRule
  tags: Record<string, string>
}

export interface RecorderRow {
  id: string
  recorder: ConfigurationRecorder
  recording: boolean
  /** ISO 8601 */
  changed: string
}

export function configRules(call: Call): Table<ConfigRuleRow> {
  return call.table<ConfigRuleRow>('rule', { service: 'config' })
}

/** One customer-managed recorder and one channel per region (AWS Config Developer Guide, "Service limits"). */
export function recorders(call: Call): Table<RecorderRow> {
  return call.table<RecorderRow>('recorder', { service: 'config' })
}

export function channels(call: Call): Table<DeliveryChannel> {
  return call.table<DeliveryChannel>('channel', { service: 'config' })
}

export function ruleArn(call: Call, id: string): string {
  return `arn:${call.partition}:config:${call.region}:${call.account}:config-rule/${id}`
}

export function recorderArn(call: Call, name: string, id: string): string {
  return `arn:${call.partition}:config:${call.region}:${call.account}:configuration-recorder/${name}/${id}`
}

export function onRule(action: string, name: string | undefined, call: Call): AccessCheck {
  const row = configRules(call).get(name ?? '')
  return { action: `config:${action}`, resource: ruleArn(call, row?.id ?? '*'), resourceTags: row?.tags }
}

export function onRecorder(action: string, name: string | undefined, call: Call): AccessCheck {
  const row = recorders(call).get(name ?? '')
  return { action: `config:${action}`, resource: recorderArn(call, name ?? '*', row?.id ?? '*') }
}

export function onAny(action: string): AccessCheck[] {
  return [{ action: `config:${action}`, resource: '*' }]
}

export function findRule(call: Call, name: string | undefined): ConfigRuleRow {
  const row = configRules(call).get(name ?? '')
  if (row) return row
  throw new AwsError(
    'NoSuchConfigRuleException',
    `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name`,
  )
}

export function findRecorder(call: Call, name: string | undefined): RecorderRow {
  const row = recorders(call).get(name ?? '')
  if (row) return row
  throw new AwsError(
    'NoSuchConfigurationRecorderException',
    `Cannot find configuration recorder with the specified name '${name}'.`,
  )
}
