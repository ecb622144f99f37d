import type { PolicyType } from '@uais/iam'

/**
 * A CloudTrail record (AWS CloudTrail User Guide, "CloudTrail record contents"), as written to the trail's
 * bucket, returned by LookupEvents and put on the event bus.
 */
export interface CallRecord {
  eventVersion: string
  userIdentity: Record<string, unknown>
  /** ISO 8601 */
  eventTime: string
  eventSource: string
  eventName: string
  awsRegion: string
  sourceIPAddress: string
  userAgent: string
  errorCode?: string
  errorMessage?: string
  requestParameters: Record<string, unknown> | null
  responseElements: Record<string, unknown> | null
  requestID: string
  eventID: string
  readOnly: boolean
  resources?: { ARN: string; accountId?: string; type?: string }[]
  eventType: 'AwsApiCall'
  managementEvent: boolean
  eventCategory: 'Management' | 'Data'
  recipientAccountId: string
  vpcEndpointId?: string
  additionalEventData?: AdditionalEventData
}

interface AdditionalEventData {
  /** Sandbox only, for a refused call: the statements that denied it, or the kinds of policy that had no allow. */
  'uais:deniedBy'?: DeniedBy[]
}

export interface DeniedBy {
  type: PolicyType
  /** The policy that denies; without it, no policy of this type allows the call. */
  policy?: string
  /** Absent where the statement has none. */
  sid?: string
}
