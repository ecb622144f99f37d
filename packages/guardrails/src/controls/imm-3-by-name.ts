import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import {
  aliasArn,
  dataBucketArn,
  eventQueueArn,
  eventRulesArn,
  logGroupArn,
  trailArn,
  trailBucketArn,
} from '../names.ts'
import type { AccountParams } from '../params.ts'
import { exempt, nobodyChanges } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'
import { harmlessOnManaged } from './harmless.ts'

const services = ['cloudtrail', 'events', 'kms', 'logs', 's3', 'sqs']
/** Of the names of a key nothing is told but in a list of all. */
const readable = services.filter((service) => service !== 'kms')
const changeArtifact = ['s3:Delete*', 's3:Put*']

const named = (p: AccountParams) => [
  dataBucketArn(p),
  trailBucketArn(p),
  `${trailBucketArn(p)}/*`,
  aliasArn(p),
  logGroupArn(p, '/uais/*'),
  logGroupArn(p, '/aws/sagemaker/Endpoints/uais-*'),
  trailArn(p),
  eventRulesArn(p),
  eventQueueArn(p),
]
const artifacts = (p: AccountParams) => `${dataBucketArn(p)}/projects/*/models/*`

export const byName: Control = {
  id: 'IMM-3',
  title: 'What carries no tag is protected by its name',
  category: 'immutability',
  words:
    'Buckets and their policies, key names, log groups, the trail and the event rules of UAIS cannot be changed or ' +
    'deleted, and model artifacts cannot be replaced, by anyone but the platform, its project roles and your ' +
    'break-glass role.',
  enforcedBy: ['scp'],
  limits: [
    'Data objects stay under the control of your administrators: it is your data.',
    'Logs of training jobs lie in a group that all of SageMaker in your account shares; it is not protected.',
  ],
  sources: [
    'Amazon S3 User Guide, Using tags with S3 general purpose buckets (ABAC is off until enabled)',
    'Service Authorization Reference, AWS Key Management Service (aliases carry no tags)',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('IMM3ProtectByName', {
        NotAction: harmlessOnManaged.filter((action) => readable.includes(action.split(':')[0]!)),
        Resource: named(params),
        Condition: but(params, 'provision', 'audit', 'teardown', 'projects', 'break-glass'),
      }),
      deny('IMM3ProtectArtifacts', {
        Action: changeArtifact,
        Resource: artifacts(params),
        Condition: but(params, 'teardown', 'projects', 'break-glass'),
      }),
    ),
  invariants: (params) => [
    nobodyChanges(
      'IMM-3/tamper',
      services.map((service) => `${service}:*`),
      { but: exempt(params, 'provision', 'audit', 'teardown', 'projects'), on: { arns: named(params) } },
    ),
    nobody('IMM-3/artifacts', changeArtifact, {
      but: exempt(params, 'teardown', 'projects'),
      on: [artifacts(params)],
    }),
  ],
}
