import type { Control } from '../control.ts'
import { managedTag } from '../names.ts'
import { exempt, nobodyChanges } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'
import { harmlessOnManaged } from './harmless.ts'

/** Services that keep what UAIS makes, and look at its tags. Buckets are IMM-3's. */
const kinds = [
  'budgets',
  'cloudtrail',
  'ec2',
  'elasticfilesystem',
  'events',
  'iam',
  'logs',
  'sagemaker',
  'secretsmanager',
  'sqs',
]
/** Without the uses of a key, which AWS counts as writing, and whose rules are those of its policy (DAT-1). */
const changeKey = ['C*', 'Delete*', 'Dis*', 'Enable*', 'I*', 'P*', 'R*', 'S*', 'T*', 'U*'].map((verb) => `kms:${verb}`)

const tagInSageMaker = ['sagemaker:AddTags', 'sagemaker:DeleteTags']

/** Tags that say whose a thing is. Condition keys ignore case, so a tag in another spelling would count as well. */
const scopeTags = ['uais:account', 'uais:project', 'uais:stack']

export const managedResources: Control = {
  id: 'IMM-1',
  title: 'What UAIS built stays as it was built',
  category: 'immutability',
  words:
    'Nobody in the account, administrators included, can change or delete what UAIS built, take the tag off it, ' +
    'or put the tag on something else. Only the platform and your break-glass role can.',
  enforcedBy: ['scp'],
  limits: [
    'Without an organization nothing binds an administrator: then changes are detected and repaired, not prevented.',
    'AWS does not look at tags for S3 buckets, key aliases and log groups: IMM-3 protects those by name.',
    "The organization's management account is never bound by a service control policy.",
    'The tagging service for many kinds of things (tag:*) tells no rule which tags it changes; it asks the service that ' +
      'keeps the thing, and is refused there.',
  ],
  sources: [
    'AWS Organizations User Guide, Service control policies (SCPs)',
    'IAM User Guide, AWS global condition context keys: aws:ResourceTag, aws:RequestTag, aws:TagKeys',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('IMM1ProtectManagedResources', {
        NotAction: harmlessOnManaged,
        Resource: '*',
        Condition: {
          StringEquals: { [`aws:ResourceTag/${managedTag.key}`]: managedTag.value },
          ...but(params, 'provision', 'mint', 'audit', 'teardown', 'projects', 'break-glass'),
        },
      }),
      deny('IMM1NoTagClaim', {
        Action: '*',
        Resource: '*',
        Condition: {
          StringEqualsIgnoreCase: { [`aws:RequestTag/${managedTag.key}`]: managedTag.value },
          ...but(params, 'provision', 'break-glass'),
        },
      }),
      // Servers of MLflow carry tags that SageMaker does not look at when it is asked to change them.
      deny('IMM1NoTagStrip', {
        Action: tagInSageMaker,
        Resource: '*',
        Condition: {
          'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': managedTag.key },
          ...but(params, 'provision', 'break-glass'),
        },
      }),
      deny('IMM1NoScopeTagChange', {
        Action: '*',
        Resource: '*',
        Condition: {
          'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': scopeTags },
          ...but(params, 'provision', 'projects', 'break-glass'),
        },
      }),
    ),
  invariants: (params) => {
    const anything = { arns: ['*'] }
    const tags = { [managedTag.key]: managedTag.value }
    return [
      ...kinds.map((service) =>
        nobodyChanges(`IMM-1/tamper-${service}`, [`${service}:*`], {
          but: exempt(params, 'provision', 'mint', 'audit', 'teardown', 'projects'),
          on: { tags, arns: [`arn:${params.partition}:${service}:*`] },
        }),
      ),
      nobodyChanges('IMM-1/tamper-kms', changeKey, {
        but: exempt(params, 'provision', 'teardown', 'projects'),
        on: { tags },
      }),
      nobodyChanges('IMM-1/claim', ['*'], {
        but: exempt(params, 'provision'),
        on: anything,
        when: { StringEqualsIgnoreCase: { [`aws:RequestTag/${managedTag.key}`]: managedTag.value } },
      }),
      nobodyChanges('IMM-1/strip', tagInSageMaker, {
        but: exempt(params, 'provision'),
        on: anything,
        when: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': managedTag.key } },
      }),
      nobodyChanges('IMM-1/scope', ['*'], {
        but: exempt(params, 'provision', 'projects'),
        on: anything,
        when: { 'ForAnyValue:StringEqualsIgnoreCase': { 'aws:TagKeys': scopeTags } },
      }),
    ]
  },
}
