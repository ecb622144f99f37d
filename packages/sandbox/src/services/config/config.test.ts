import {
  ConfigServiceClient,
  DeleteConfigRuleCommand,
  DeleteDeliveryChannelCommand,
  DescribeConfigRulesCommand,
  DescribeConfigurationRecorderStatusCommand,
  DescribeConfigurationRecordersCommand,
  ListTagsForResourceCommand,
  PutConfigRuleCommand,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-config-service'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { refusal, startTestBench, type TestBench } from '../test-bench.ts'

let bench: TestBench
let client: ConfigServiceClient

beforeAll(async () => {
  bench = await startTestBench()
  client = new ConfigServiceClient(await bench.as('claims', 'admin'))
})
afterAll(() => bench.stop())

const rule = (ConfigRuleName: string, SourceIdentifier = 'SAGEMAKER_DOMAIN_IN_VPC', more: object = {}) =>
  client.send(
    new PutConfigRuleCommand({ ConfigRule: { ConfigRuleName, Source: { Owner: 'AWS', SourceIdentifier }, ...more } }),
  )
const recorder = (name: string) =>
  client.send(
    new PutConfigurationRecorderCommand({
      ConfigurationRecorder: { name, roleARN: 'arn:aws:iam::300000000003:role/admin' },
    }),
  )

it('a recorder needs a channel to run, and there is one of each', async () => {
  expect(await refusal(rule('early'))).toMatchObject({ code: 'NoAvailableConfigurationRecorderException' })
  await recorder('default')
  expect(await refusal(recorder('second'))).toMatchObject({
    code: 'MaxNumberOfConfigurationRecordersExceededException',
  })
  const ConfigurationRecorderName = 'default'
  const start = () => client.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName }))
  expect(await refusal(start())).toMatchObject({ code: 'NoAvailableDeliveryChannelException' })
  await client.send(
    new PutDeliveryChannelCommand({ DeliveryChannel: { name: 'default', s3BucketName: 'config-bucket' } }),
  )
  await start()
  const status = await client.send(new DescribeConfigurationRecorderStatusCommand({}))
  expect(status.ConfigurationRecordersStatus).toMatchObject([{ name: 'default', recording: true }])
  const removeChannel = new DeleteDeliveryChannelCommand({ DeliveryChannelName: 'default' })
  expect(await refusal(client.send(removeChannel))).toMatchObject({ code: 'LastDeliveryChannelDeleteFailedException' })
  await client.send(new StopConfigurationRecorderCommand({ ConfigurationRecorderName }))
  const { ConfigurationRecorders } = await client.send(new DescribeConfigurationRecordersCommand({}))
  expect(ConfigurationRecorders).toMatchObject([{ recordingGroup: { allSupported: true } }])
})

it('rules are kept, tagged and deleted', async () => {
  await rule('in-vpc')
  await rule('in-vpc', 'SAGEMAKER_DOMAIN_IN_VPC', { Description: 'changed' })
  const { ConfigRules } = await client.send(new DescribeConfigRulesCommand({ ConfigRuleNames: ['in-vpc'] }))
  expect(ConfigRules).toMatchObject([{ ConfigRuleState: 'ACTIVE', Description: 'changed' }])
  const ResourceArn = ConfigRules?.[0]?.ConfigRuleArn
  const Tags = [
    { Key: 'a', Value: '1' },
    { Key: 'b', Value: '2' },
  ]
  await client.send(new TagResourceCommand({ ResourceArn, Tags }))
  await client.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['a'] }))
  expect((await client.send(new ListTagsForResourceCommand({ ResourceArn }))).Tags).toEqual([{ Key: 'b', Value: '2' }])
  await client.send(new DeleteConfigRuleCommand({ ConfigRuleName: 'in-vpc' }))
  const gone = new DescribeConfigRulesCommand({ ConfigRuleNames: ['in-vpc'] })
  expect(await refusal(client.send(gone))).toMatchObject({ code: 'NoSuchConfigRuleException' })
})

it('rules that could not work are refused', async () => {
  expect(await refusal(rule('bad', 'not a rule'))).toMatchObject({ code: 'InvalidParameterValueException' })
  expect(await refusal(rule('bad', 'X', { InputParameters: '{' }))).toMatchObject({
    code: 'InvalidParameterValueException',
  })
})
