import type { Detection } from './detection.ts'

/** One rule of EventBridge; `name` follows the prefix of all names of ours. */
export interface EventRule extends Detection {
  description: string
  pattern: Readonly<Record<string, unknown>>
}

const calls = 'AWS API Call via CloudTrail'
const from = (...services: string[]) => services.map((service) => `${service}.amazonaws.com`)

/**
 * EventBridge leaves out calls that only read, so these are changes. For domains, profiles, spaces and apps SageMaker
 * sends no events of its own: they come as calls, by the trail (Amazon SageMaker AI Developer Guide, "Events").
 * Delivery is best effort; the nightly sweep finds what was missed.
 */
export const eventRules: readonly EventRule[] = [
  {
    source: 'Amazon EventBridge',
    name: 'calls',
    finds: 'every change by any caller in the services that UAIS builds with, tried or done',
    description: 'Changes in the services that UAIS builds with',
    pattern: {
      'detail-type': [calls],
      detail: { eventSource: from('cloudtrail', 'ec2', 'events', 'iam', 'kms', 'sagemaker', 'sqs') },
    },
    backs: [
      'IDN-1',
      'IMM-1',
      'IMM-2',
      'IMM-4',
      'IMM-5',
      'IMM-6',
      'IMM-7',
      'NET-1',
      'NET-2',
      'NET-3',
      'NET-4',
      'NET-5',
      'NET-6',
      'NET-7',
      'NET-9',
      'DAT-1',
      'DAT-3',
      'DAT-7',
      'ISO-1',
      'DEP-1',
      'DEP-2',
      'DEP-3',
      'COST-1',
      'COST-3',
      'LOG-1',
    ],
  },
  {
    source: 'Amazon EventBridge',
    name: 'buckets',
    finds: 'a change of a bucket setting, of its policy or of the block of public access',
    description: 'Changes of bucket settings, not of objects',
    pattern: {
      'detail-type': [calls],
      detail: { eventSource: from('s3'), eventName: [{ prefix: 'PutBucket' }, { prefix: 'DeleteBucket' }] },
    },
    backs: ['IMM-3', 'DAT-2', 'DAT-5'],
  },
  {
    source: 'Amazon EventBridge',
    name: 'states',
    finds: 'a job, model version or endpoint that changes its state',
    description: 'Jobs, models and endpoints that change their state',
    pattern: {
      source: ['aws.sagemaker'],
      'detail-type': [
        'SageMaker Endpoint State Change',
        'SageMaker Model Package State Change',
        'SageMaker Training Job State Change',
      ],
    },
    backs: ['DEP-1', 'DEP-2'],
  },
  {
    source: 'Amazon EventBridge',
    name: 'watchers',
    finds: 'a change of a detector, of a share or of a secret',
    description: 'Changes of detectors, shares, secrets and limits',
    pattern: {
      'detail-type': [calls],
      detail: {
        eventSource: from(
          'access-analyzer',
          'config',
          'detective',
          'guardduty',
          'macie2',
          'ram',
          'secretsmanager',
          'securityhub',
          'servicequotas',
        ),
      },
    },
    backs: ['LOG-1', 'DAT-3', 'DEP-4', 'COST-4'],
  },
]
