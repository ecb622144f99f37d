/** Services that find, after the fact, what a control should have prevented. */
type DetectionSource =
  | 'AWS Config'
  | 'Amazon EventBridge'
  | 'AWS Security Hub'
  | 'Amazon GuardDuty'
  | 'Amazon Macie'
  | 'Amazon Detective'
  | 'IAM Access Analyzer'
  | 'Splunk'

/** One thing that is watched, and the controls that it backs. */
export interface Detection {
  source: DetectionSource
  /** Exact name in that service: a rule's SourceIdentifier, a control's id, a feature, an API's value. */
  name: string
  /** What it finds, in the owner's words. */
  finds: string
  backs: readonly string[]
}
