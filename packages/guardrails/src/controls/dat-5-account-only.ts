import type { PolicyStatement } from '@uais/iam'
import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { dataBucketArn, trailBucketArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { but, deny, forAnyone, inPlaces, sparing } from '../statement.ts'

/** No principal of the account. An anonymous request and one of an AWS service carry no account. */
const foreign = (p: AccountParams) => ({ StringNotEquals: { 'aws:PrincipalAccount': p.awsAccountId } })
/** No AWS service either. An anonymous request carries neither key, and is an outsider. */
const outsider = (p: AccountParams) => ({ BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' }, ...foreign(p) })
const bucketAndObjects = (arn: string) => [arn, `${arn}/*`]
/** Whole-account switch; a bucket's own switch is guarded by IMM-3. */
const publicSwitch = 's3:PutAccountPublicAccessBlock'

export const accountOnly: Control = {
  id: 'DAT-5',
  title: 'Nothing is public, and no other account reads',
  category: 'data',
  words:
    'The buckets of UAIS answer principals of this account only, whatever another policy, access point or link says; ' +
    'public access is blocked, and only your break-glass role can change the block of the whole account.',
  enforcedBy: ['scp', 'resource policy', 'terraform'],
  limits: [
    'Your own buckets that become data sources keep the policies that you gave them.',
    'AWS CloudTrail writes into the bucket of the trail as itself, bound by the conditions there, not by the account.',
  ],
  sources: [
    'Amazon S3 User Guide, Blocking public access to your Amazon S3 storage',
    'IAM User Guide, AWS global condition context keys: aws:PrincipalAccount, aws:PrincipalIsAWSService',
  ],
  statements: (params) => {
    const only = (arn: string, Condition: PolicyStatement['Condition']) =>
      forAnyone(deny('DAT5OnlyThisAccount', { Action: 's3:*', Resource: bucketAndObjects(arn), Condition }))
    return [
      // Services of AWS reach data in the name of a principal of the account; by themselves they write the trail only.
      { place: 'data-bucket', statement: only(dataBucketArn(params), foreign(params)) },
      { place: 'trail-bucket', statement: only(trailBucketArn(params), outsider(params)) },
      ...inPlaces(
        ['scp'],
        deny('DAT5StaysBlocked', { Action: publicSwitch, Resource: '*', Condition: but(params, 'break-glass') }),
      ),
    ]
  },
  invariants: (params) => [
    nobody('DAT-5/outsiders', 's3:*', { on: bucketAndObjects(dataBucketArn(params)), when: foreign(params) }),
    nobody('DAT-5/outsiders-of-trail', 's3:*', {
      on: bucketAndObjects(trailBucketArn(params)),
      when: outsider(params),
    }),
    nobody('DAT-5/switch', publicSwitch, { but: sparing(params, 'break-glass') }),
  ],
}
