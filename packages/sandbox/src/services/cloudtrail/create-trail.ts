import type { CreateTrailRequest, CreateTrailResponse } from '@aws-sdk/client-cloudtrail'
import { AwsError } from '../../kernel/aws-error.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { tagMap } from '../tag-list.ts'
import { onTrail } from './access.ts'
import { checkDestination } from './destination.ts'
import { listOrganizationTrail, organizationOf, requireManagement } from './organization.ts'
import { settingsShape } from './shape.ts'
import { type TrailRow, trailArn, trails } from './state.ts'

export const createTrail = operation<CreateTrailRequest, CreateTrailResponse>({
  name: 'CreateTrail',
  access: (input, call) => [
    { ...onTrail('CreateTrail', input.Name, call), requestTags: tagMap(input.TagsList) },
    ...passRole(input.CloudWatchLogsRoleArn),
  ],
  handle: async (input, call) => {
    checkName(input.Name!)
    const all = [...trails(call, call.account).values()]
    if (all.some((one) => one.name === input.Name))
      throw new AwsError(
        'TrailAlreadyExistsException',
        `Trail ${input.Name} already exists for customer: ${call.account}`,
      )
    // Five trails per region (CloudTrail User Guide, "Quotas").
    if (all.filter((one) => one.multiRegion || one.homeRegion === call.region).length >= 5)
      throw new AwsError(
        'MaximumNumberOfTrailsExceededException',
        `User: ${call.account} already has 5 trails in ${call.region}.`,
      )
    const row: TrailRow = {
      name: input.Name!,
      arn: trailArn(call, input.Name!),
      account: call.account,
      homeRegion: call.region,
      tags: tagMap(input.TagsList),
      logging: false,
      bucket: '',
      multiRegion: false,
      globalEvents: true,
      organization: false,
      logFileValidation: false,
    }
    return settingsShape(await applySettings(row, { ...input, S3BucketName: input.S3BucketName! }, call))
  },
})

/** CloudTrail User Guide, "Naming requirements for CloudTrail resources". */
function checkName(name: string): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$/.test(name) || /[._-]{2}/.test(name))
    throw new AwsError(
      'InvalidTrailNameException',
      `Trail name or ARN can only contain uppercase letters, lowercase letters, numbers, periods (.), hyphens (-), and underscores (_).`,
    )
}

/** A role that CloudTrail writes to CloudWatch Logs with is passed to it. */
export function passRole(roleArn: string | undefined): AccessCheck[] {
  if (!roleArn) return []
  return [{ action: 'iam:PassRole', resource: roleArn, context: { 'iam:PassedToService': 'cloudtrail.amazonaws.com' } }]
}

/** Puts the settings of a create or update on a trail, after asking bucket and key, and keeps it. */
export async function applySettings(row: TrailRow, input: Partial<CreateTrailRequest>, call: Call): Promise<TrailRow> {
  if (input.SnsTopicName)
    throw new AwsError('InvalidSnsTopicNameException', 'The sandbox has no SNS topics: leave SnsTopicName out.')
  if (input.IsOrganizationTrail) requireManagement(call)
  const trail: TrailRow = {
    ...row,
    bucket: input.S3BucketName ?? row.bucket,
    prefix: (input.S3KeyPrefix ?? row.prefix) || undefined,
    multiRegion: input.IsMultiRegionTrail ?? row.multiRegion,
    globalEvents: input.IncludeGlobalServiceEvents ?? row.globalEvents,
    organization: input.IsOrganizationTrail ?? row.organization,
    logFileValidation: input.EnableLogFileValidation ?? row.logFileValidation,
    kmsKeyId: await keyArn(input.KmsKeyId ?? row.kmsKeyId, call),
    logGroupArn: (input.CloudWatchLogsLogGroupArn ?? row.logGroupArn) || undefined,
    logRoleArn: (input.CloudWatchLogsRoleArn ?? row.logRoleArn) || undefined,
  }
  if (trail.multiRegion && !trail.globalEvents)
    throw new AwsError('InvalidParameterCombinationException', 'Multi-Region trail must include global service events.')
  if (Boolean(trail.logGroupArn) !== Boolean(trail.logRoleArn))
    throw new AwsError(
      trail.logGroupArn ? 'InvalidCloudWatchLogsRoleArnException' : 'InvalidCloudWatchLogsLogGroupArnException',
      'You must specify both a log group and a role.',
    )
  await checkDestination(trail, organizationOf(call)?.id, call)
  trails(call, trail.account).put(trail.name, trail)
  listOrganizationTrail(trail, call)
  return trail
}

/** Trails keep the key's ARN, whichever way it was named. */
async function keyArn(key: string | undefined, call: Call): Promise<string | undefined> {
  if (!key) return undefined
  if (/^arn:[^:]+:kms:[^:]+:\d+:key\//.test(key)) return key
  try {
    const found = await call.invoke<{ KeyMetadata: { Arn: string } }>('kms', 'DescribeKey', { KeyId: key })
    return found.KeyMetadata.Arn
  } catch (error) {
    if (error instanceof AwsError && error.code === 'NotFoundException')
      throw new AwsError('KmsKeyNotFoundException', `KMS key with id: ${key} can not be found.`)
    throw error
  }
}
