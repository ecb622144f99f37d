/** A correlation search over CloudTrail (source type `aws:cloudtrail` of the Splunk Add-on for AWS). */
export interface CorrelationSearch {
  /** `uais_role_takeover`: name of the stanza. */
  name: string
  title: string
  /** Search language; begins with the macro `uais_cloudtrail`, or with `uais_others` for what is not the platform's. */
  search: string
  /** Minutes between two runs, and the span that each looks at. */
  everyMinutes: number
  severity: 'low' | 'medium' | 'high' | 'critical'
  backs: readonly string[]
}

/** Who, from where, what, upon what: the columns of every search. */
export const columns =
  '| table _time eventName errorCode userIdentity.arn userIdentity.sessionContext.sourceIdentity sourceIPAddress requestParameters eventID'
