import type { Service } from '../../kernel/service.ts'
import { deleteConfigRule, describeConfigRules, putConfigRule } from './config-rules.ts'
import {
  deleteConfigurationRecorder,
  deleteDeliveryChannel,
  describeConfigurationRecorderStatus,
  describeConfigurationRecorders,
  describeDeliveryChannels,
  putConfigurationRecorder,
  putDeliveryChannel,
  startConfigurationRecorder,
  stopConfigurationRecorder,
} from './recorders.ts'
import { configRules, ruleArn } from './state.ts'
import { listTagsForResource, tagResource, untagResource } from './tags.ts'

/** AWS Config's rules, recorder and channel are kept; nothing is recorded and no rule is evaluated. */
export const service: Service = {
  name: 'config',
  model: 'config',
  scope: 'region',
  operations: [
    ...[putConfigRule, describeConfigRules, deleteConfigRule],
    ...[putConfigurationRecorder, describeConfigurationRecorders, describeConfigurationRecorderStatus],
    ...[startConfigurationRecorder, stopConfigurationRecorder, deleteConfigurationRecorder],
    ...[putDeliveryChannel, describeDeliveryChannels, deleteDeliveryChannel],
    ...[tagResource, untagResource, listTagsForResource],
  ],
  tagged: (call) => [...configRules(call).values()].map((row) => ({ arn: ruleArn(call, row.id), tags: row.tags })),
}
