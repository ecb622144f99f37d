import type { Control } from '../control.ts'
import { eventRulesArn, trailArn } from '../names.ts'
import { but, deny, inPlaces } from '../statement.ts'

export const watchers: Control = {
  id: 'LOG-1',
  title: 'The watchers cannot be stopped',
  category: 'monitoring',
  words:
    'The record of every call, and the rules that report changes, cannot be switched off by anyone in the account; ' +
    'written records are locked for the agreed time.',
  enforcedBy: ['scp', 'terraform', 'event rule'],
  limits: [
    'Events reach the platform on a best-effort basis; a regular sweep finds what was missed.',
    'IAM reports its calls in one region of each partition only; elsewhere the sweep finds changed roles.',
    'The locked files of the trail outlive the stack: they are deleted when their time is over.',
  ],
  sources: [
    'AWS CloudTrail User Guide, Security best practices',
    'Amazon S3 User Guide, Locking objects with Object Lock',
    'Amazon EventBridge User Guide, AWS service events delivered via CloudTrail',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('LOG1TrailKeepsRunning', {
        Action: [
          'cloudtrail:DeleteTrail',
          'cloudtrail:PutEventSelectors',
          'cloudtrail:PutInsightSelectors',
          'cloudtrail:StopLogging',
          'cloudtrail:UpdateTrail',
        ],
        Resource: trailArn(params),
        Condition: but(params, 'provision', 'teardown'),
      }),
      deny('LOG1RulesKeepReporting', {
        Action: ['events:DeleteRule', 'events:DisableRule', 'events:PutRule', 'events:RemoveTargets'],
        Resource: eventRulesArn(params),
        Condition: but(params, 'provision', 'teardown'),
      }),
      deny('LOG1DetectorsKeepLooking', {
        Action: [
          'access-analyzer:DeleteAnalyzer',
          'config:DeleteConfigurationRecorder',
          'config:DeleteDeliveryChannel',
          'config:StopConfigurationRecorder',
          'guardduty:DeleteDetector',
          'guardduty:StopMonitoringMembers',
          'securityhub:DisableSecurityHub',
        ],
        Resource: '*',
      }),
    ),
}
