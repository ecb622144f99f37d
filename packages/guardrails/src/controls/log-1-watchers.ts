import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { apiDestinationArns, bootstrapRoleArn, eventRulesArn, trailArn } from '../names.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

const stopTrail = [
  'cloudtrail:DeleteTrail',
  'cloudtrail:PutEventSelectors',
  'cloudtrail:PutInsightSelectors',
  'cloudtrail:StopLogging',
  'cloudtrail:UpdateTrail',
]
const changeRules = ['events:DeleteRule', 'events:DisableRule', 'events:PutRule', 'events:RemoveTargets']
const changeForwarding = [
  'events:DeauthorizeConnection',
  'events:DeleteApiDestination',
  'events:DeleteConnection',
  'events:UpdateApiDestination',
  'events:UpdateConnection',
]
/** What ends a detector, blinds it, or takes it out of its administrator's sight. None of it is made by the platform. */
const stopDetectors = [
  'access-analyzer:CreateArchiveRule',
  'access-analyzer:DeleteAnalyzer',
  'access-analyzer:UpdateAnalyzer',
  'config:DeleteConfigurationRecorder',
  'config:DeleteDeliveryChannel',
  'config:PutConfigurationRecorder',
  'config:PutDeliveryChannel',
  'config:StopConfigurationRecorder',
  'detective:DeleteGraph',
  'detective:DisassociateMembership',
  'guardduty:CreateFilter',
  'guardduty:DeleteDetector',
  'guardduty:DisassociateFromAdministratorAccount',
  'guardduty:DisassociateFromMasterAccount',
  'guardduty:StopMonitoringMembers',
  'guardduty:UpdateDetector',
  'macie2:DisableMacie',
  'macie2:DisassociateFromAdministratorAccount',
  'macie2:DisassociateFromMasterAccount',
  'macie2:UpdateMacieSession',
  'securityhub:BatchDisableStandards',
  'securityhub:BatchUpdateStandardsControlAssociations',
  'securityhub:DisableSecurityHub',
  'securityhub:DisassociateFromAdministratorAccount',
  'securityhub:DisassociateFromMasterAccount',
  'securityhub:UpdateStandardsControl',
]
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
  statements: (params) => {
    const platform = but(params, 'provision', 'teardown')
    return inPlaces(
      ['scp'],
      deny('LOG1TrailKeepsRunning', { Action: stopTrail, Resource: trailArn(params), Condition: platform }),
      deny('LOG1RulesKeepReporting', { Action: changeRules, Resource: eventRulesArn(params), Condition: platform }),
      deny('LOG1DetectorsKeepLooking', { Action: stopDetectors, Resource: '*', Condition: but(params, 'break-glass') }),
      ...(params.splunk
        ? [
            deny('LOG1SplunkKeepsHearing', {
              Action: changeForwarding,
              Resource: apiDestinationArns(params),
              Condition: but(params, 'provision', 'teardown', 'break-glass'),
            }),
          ]
        : []),
    )
  },
  invariants: (params) => {
    const platform = exempt(params, 'provision', 'teardown')
    return [
      nobody('LOG-1/trail', stopTrail, { but: platform, on: [trailArn(params)] }),
      nobody('LOG-1/rules', changeRules, { but: platform, on: [eventRulesArn(params)] }),
      nobody('LOG-1/detectors', stopDetectors, { but: exempt(params) }),
      ...(params.splunk
        ? [nobody('LOG-1/splunk', changeForwarding, { but: platform, on: apiDestinationArns(params) })]
        : []),
      stays('LOG-1/ending', bootstrapRoleArn(params, 'uais-teardown'), 'cloudtrail:DeleteTrail', trailArn(params)),
    ]
  },
}
