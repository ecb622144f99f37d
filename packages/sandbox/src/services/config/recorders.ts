import type {
  ConfigurationRecorder,
  DeleteConfigurationRecorderRequest,
  DeleteDeliveryChannelRequest,
  DescribeConfigurationRecorderStatusRequest,
  DescribeConfigurationRecorderStatusResponse,
  DescribeConfigurationRecordersRequest,
  DescribeConfigurationRecordersResponse,
  DescribeDeliveryChannelsRequest,
  DescribeDeliveryChannelsResponse,
  PutConfigurationRecorderRequest,
  PutDeliveryChannelRequest,
  StartConfigurationRecorderRequest,
  StopConfigurationRecorderRequest,
} from '@aws-sdk/client-config-service'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { channels, findRecorder, onAny, onRecorder, type RecorderRow, recorderArn, recorders } from './state.ts'

export const putConfigurationRecorder = operation<PutConfigurationRecorderRequest, void>({
  name: 'PutConfigurationRecorder',
  access: (input, call) => {
    const role = input.ConfigurationRecorder?.roleARN
    const passed = { 'iam:PassedToService': 'config.amazonaws.com' }
    return [
      onRecorder('PutConfigurationRecorder', input.ConfigurationRecorder?.name ?? 'default', call),
      ...(role ? [{ action: 'iam:PassRole', resource: role, context: passed }] : []),
    ]
  },
  handle: (input, call) => {
    const name = input.ConfigurationRecorder?.name ?? 'default'
    const old = recorders(call).get(name)
    if (!old && recorders(call).size > 0)
      throw new AwsError(
        'MaxNumberOfConfigurationRecordersExceededException',
        `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`,
      )
    if (!input.ConfigurationRecorder?.roleARN)
      throw new AwsError('InvalidRoleException', 'Failed to put configuration recorder: a role must be specified.')
    const recordingGroup = input.ConfigurationRecorder.recordingGroup ?? everything
    recorders(call).put(name, {
      id: old?.id ?? call.id(16),
      recorder: { ...input.ConfigurationRecorder, name, recordingGroup: completed(recordingGroup) },
      recording: old?.recording ?? false,
      changed: call.now.toISOString(),
    })
  },
})

type RecordingGroup = NonNullable<ConfigurationRecorder['recordingGroup']>

const everything: RecordingGroup = { allSupported: true, includeGlobalResourceTypes: false }

function completed(group: RecordingGroup): RecordingGroup {
  const fallback = group.allSupported ? 'ALL_SUPPORTED_RESOURCE_TYPES' : 'INCLUSION_BY_RESOURCE_TYPES'
  return {
    allSupported: false,
    includeGlobalResourceTypes: false,
    resourceTypes: [],
    ...group,
    recordingStrategy: group.recordingStrategy ?? { useOnly: fallback },
  }
}

function shape(row: RecorderRow, call: Call): ConfigurationRecorder {
  const { recorder } = row
  return {
    recordingMode: { recordingFrequency: 'CONTINUOUS' },
    ...recorder,
    arn: recorderArn(call, recorder.name ?? '', row.id),
    recordingScope: 'PAID',
  }
}

function selected(names: readonly string[] | undefined, call: Call): RecorderRow[] {
  return names?.length ? names.map((name) => findRecorder(call, name)) : [...recorders(call).values()]
}

export const describeConfigurationRecorders = operation<
  DescribeConfigurationRecordersRequest,
  DescribeConfigurationRecordersResponse
>({
  name: 'DescribeConfigurationRecorders',
  access: (input, call) => [onRecorder('DescribeConfigurationRecorders', input.ConfigurationRecorderNames?.[0], call)],
  handle: (input, call) => ({
    ConfigurationRecorders: selected(input.ConfigurationRecorderNames, call).map((row) => shape(row, call)),
  }),
})

export const describeConfigurationRecorderStatus = operation<
  DescribeConfigurationRecorderStatusRequest,
  DescribeConfigurationRecorderStatusResponse
>({
  name: 'DescribeConfigurationRecorderStatus',
  access: (input, call) => [
    onRecorder('DescribeConfigurationRecorderStatus', input.ConfigurationRecorderNames?.[0], call),
  ],
  handle: (input, call) => ({
    ConfigurationRecordersStatus: selected(input.ConfigurationRecorderNames, call).map((row) => ({
      name: row.recorder.name,
      arn: recorderArn(call, row.recorder.name ?? '', row.id),
      recording: row.recording,
      lastStatus: row.recording ? ('Success' as const) : ('Pending' as const),
      lastStatusChangeTime: new Date(row.changed),
    })),
  }),
})

export const startConfigurationRecorder = operation<StartConfigurationRecorderRequest, void>({
  name: 'StartConfigurationRecorder',
  access: (input, call) => [onRecorder('StartConfigurationRecorder', input.ConfigurationRecorderName, call)],
  handle: (input, call) => {
    if (channels(call).size === 0)
      throw new AwsError(
        'NoAvailableDeliveryChannelException',
        'Delivery channel is not available to start configuration recorder.',
      )
    setRecording(input.ConfigurationRecorderName, true, call)
  },
})

export const stopConfigurationRecorder = operation<StopConfigurationRecorderRequest, void>({
  name: 'StopConfigurationRecorder',
  access: (input, call) => [onRecorder('StopConfigurationRecorder', input.ConfigurationRecorderName, call)],
  handle: (input, call) => setRecording(input.ConfigurationRecorderName, false, call),
})

function setRecording(name: string | undefined, recording: boolean, call: Call): void {
  const row = findRecorder(call, name)
  recorders(call).put(name ?? '', { ...row, recording, changed: call.now.toISOString() })
}

export const deleteConfigurationRecorder = operation<DeleteConfigurationRecorderRequest, void>({
  name: 'DeleteConfigurationRecorder',
  access: (input, call) => [onRecorder('DeleteConfigurationRecorder', input.ConfigurationRecorderName, call)],
  handle: (input, call) => {
    findRecorder(call, input.ConfigurationRecorderName)
    recorders(call).delete(input.ConfigurationRecorderName!)
  },
})

export const putDeliveryChannel = operation<PutDeliveryChannelRequest, void>({
  name: 'PutDeliveryChannel',
  access: () => onAny('PutDeliveryChannel'),
  handle: (input, call) => {
    const channel = { ...input.DeliveryChannel, name: input.DeliveryChannel?.name ?? 'default' }
    if (recorders(call).size === 0)
      throw new AwsError(
        'NoAvailableConfigurationRecorderException',
        'Configuration recorder is not available to put delivery channel.',
      )
    if (!channels(call).has(channel.name) && channels(call).size > 0)
      throw new AwsError(
        'MaxNumberOfDeliveryChannelsExceededException',
        `Failed to put delivery channel '${channel.name}' because the maximum number of delivery channels: 1 is reached.`,
      )
    if (!channel.s3BucketName)
      throw new AwsError('NoSuchBucketException', 'Cannot find a S3 bucket with an empty bucket name.')
    channels(call).put(channel.name, channel)
  },
})

export const describeDeliveryChannels = operation<DescribeDeliveryChannelsRequest, DescribeDeliveryChannelsResponse>({
  name: 'DescribeDeliveryChannels',
  access: () => onAny('DescribeDeliveryChannels'),
  handle: (input, call) => ({
    DeliveryChannels: input.DeliveryChannelNames?.length
      ? input.DeliveryChannelNames.map((name) => findChannel(name, call))
      : [...channels(call).values()],
  }),
})

export const deleteDeliveryChannel = operation<DeleteDeliveryChannelRequest, void>({
  name: 'DeleteDeliveryChannel',
  access: () => onAny('DeleteDeliveryChannel'),
  handle: (input, call) => {
    findChannel(input.DeliveryChannelName, call)
    if ([...recorders(call).values()].some((row) => row.recording))
      throw new AwsError(
        'LastDeliveryChannelDeleteFailedException',
        `Failed to delete last specified delivery channel with name '${input.DeliveryChannelName}', because there is at least one running configuration recorder.`,
      )
    channels(call).delete(input.DeliveryChannelName!)
  },
})

function findChannel(name: string | undefined, call: Call) {
  const row = channels(call).get(name ?? '')
  if (row) return row
  throw new AwsError('NoSuchDeliveryChannelException', `Cannot find delivery channel with specified name '${name}'.`)
}
