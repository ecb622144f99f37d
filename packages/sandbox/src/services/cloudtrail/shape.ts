import type { Trail } from '@aws-sdk/client-cloudtrail'
import type { TrailRow } from './state.ts'

export function trailShape(row: TrailRow): Trail {
  return {
    Name: row.name,
    S3BucketName: row.bucket,
    S3KeyPrefix: row.prefix,
    IncludeGlobalServiceEvents: row.globalEvents,
    IsMultiRegionTrail: row.multiRegion,
    HomeRegion: row.homeRegion,
    TrailARN: row.arn,
    LogFileValidationEnabled: row.logFileValidation,
    CloudWatchLogsLogGroupArn: row.logGroupArn,
    CloudWatchLogsRoleArn: row.logRoleArn,
    KmsKeyId: row.kmsKeyId,
    HasCustomEventSelectors: row.selectors !== undefined || row.advancedSelectors !== undefined,
    HasInsightSelectors: false,
    IsOrganizationTrail: row.organization,
  }
}

/** CreateTrail and UpdateTrail answer with the settings only. */
export function settingsShape(row: TrailRow) {
  const {
    HomeRegion: _home,
    HasCustomEventSelectors: _custom,
    HasInsightSelectors: _insight,
    ...settings
  } = trailShape(row)
  return settings
}
