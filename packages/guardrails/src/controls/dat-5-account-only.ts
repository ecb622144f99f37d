import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { dataBucketArn, trailBucketArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { but, deny, forAnyone, inPlaces, sparing } from '../statement.ts'

/** Neither a principal of the account nor an AWS service. An anonymous request carries neither key, and is one. */
const outsider = (p: AccountParams) => ({
  BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
  StringNotEquals: { 'aws:PrincipalAccount': p.awsAccountId },
})
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
    'A service of AWS that you let write to a bucket is bound by its own conditions, not by the account.',
  ],
  sources: [
    'Amazon S3 User Guide, Blocking public access to your Amazon S3 storage',
    'IAM User Guide, AWS global condition context keys: aws:PrincipalAccount, aws:PrincipalIsAWSService',
  ],
  statements: (params) => {
    const only = (arn: string) =>
      forAnyone(
        deny('DAT5OnlyThisAccount', { Action: 's3:*', Resource: bucketAndObjects(arn), Condition: outsider(params) }),
      )
    return [
      { place: 'data-bucket', statement: only(dataBucketArn(params)) },
      { place: 'trail-bucket', statement: only(trailBucketArn(params)) },
      ...inPlaces(
        ['scp'],
        deny('DAT5StaysBlocked', { Action: publicSwitch, Resource: '*', Condition: but(params, 'break-glass') }),
      ),
    ]
  },
  invariants: (params) => [
    nobody('DAT-5/outsiders', 's3:*', {
      on: [...bucketAndObjects(dataBucketArn(params)), ...bucketAndObjects(trailBucketArn(params))],
      when: outsider(params),
    }),
    nobody('DAT-5/switch', publicSwitch, { but: sparing(params, 'break-glass') }),
  ],
}
