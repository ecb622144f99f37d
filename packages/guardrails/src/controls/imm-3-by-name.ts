import type { Control } from '../control.ts'
import {
  aliasArn,
  dataBucketArn,
  eventQueueArn,
  eventRulesArn,
  logGroupArn,
  trailArn,
  trailBucketArn,
} from '../names.ts'
import { but, deny, inPlaces } from '../statement.ts'
import { harmlessOnManaged } from './imm-1-managed-resources.ts'

const services = ['cloudtrail', 'events', 'kms', 'logs', 's3', 'sqs']

export const byName: Control = {
  id: 'IMM-3',
  title: 'What carries no tag is protected by its name',
  category: 'immutability',
  words:
    'Buckets, key names, log groups, the trail and the event rules of UAIS cannot be changed or deleted, and model ' +
    'artifacts cannot be replaced, by anyone but the platform, its project roles and your break-glass role.',
  enforcedBy: ['scp'],
  limits: ['Objects outside the models prefix stay under the control of your administrators: it is your data.'],
  sources: [
    'Amazon S3 User Guide, Using tags with S3 general purpose buckets (ABAC is off until enabled)',
    'Service Authorization Reference, AWS Key Management Service (aliases carry no tags)',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('IMM3ProtectByName', {
        NotAction: harmlessOnManaged.filter((action) => services.includes(action.split(':')[0]!)),
        Resource: [
          dataBucketArn(params),
          trailBucketArn(params),
          `${trailBucketArn(params)}/*`,
          aliasArn(params),
          logGroupArn(params, '/uais/*'),
          trailArn(params),
          eventRulesArn(params),
          eventQueueArn(params),
        ],
        Condition: but(params, 'provision', 'audit', 'teardown', 'projects', 'break-glass'),
      }),
      deny('IMM3ProtectArtifacts', {
        Action: ['s3:Delete*', 's3:Put*'],
        Resource: `${dataBucketArn(params)}/projects/*/models/*`,
        Condition: but(params, 'teardown', 'projects', 'break-glass'),
      }),
    ),
}
