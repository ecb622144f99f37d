import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { bucketArn, dataBucketArn, projectRolesArn, trailBucketArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { deny, inPlaces } from '../statement.ts'

const ofProjects = (p: AccountParams) => ({ ArnLike: { 'aws:PrincipalArn': projectRolesArn(p) } })

/** Everything that project roles may reach in S3. `undefined` where any bucket of the account was agreed. */
function agreed(p: AccountParams): string[] | undefined {
  if (!p.approvedBuckets) return undefined
  return [dataBucketArn(p), ...p.approvedBuckets.map((name) => bucketArn(p, name))].flatMap((arn) => [arn, `${arn}/*`])
}

export const agreedBuckets: Control = {
  id: 'DAT-4',
  title: 'Projects reach agreed buckets only',
  category: 'data',
  words:
    'Where you list buckets, a data source can be made of those only, and no role of a project reaches another bucket. ' +
    'The bucket of the trail is never one of them.',
  enforcedBy: ['scp', 'identity policy'],
  limits: [
    'Without a list any bucket of the account may become a data source, each by a request that its owner sees.',
    'Without an organization the roles themselves hold no more than the sources that were made.',
  ],
  sources: ['Service Authorization Reference, Amazon S3', 'IAM User Guide, IAM JSON policy elements: NotResource'],
  statements: (params) => {
    const only = agreed(params)
    const trail = trailBucketArn(params)
    return inPlaces(
      ['scp'],
      deny('DAT4NeverTheTrail', { Action: 's3:*', Resource: [trail, `${trail}/*`], Condition: ofProjects(params) }),
      ...(only
        ? [deny('DAT4OnlyAgreedBuckets', { Action: 's3:*', NotResource: only, Condition: ofProjects(params) })]
        : []),
    )
  },
  invariants: (params) => {
    const trail = trailBucketArn(params)
    const elsewhere = bucketArn(params, 'not-agreed')
    return [
      nobody('DAT-4/trail', 's3:*', { on: [trail, `${trail}/*`], when: ofProjects(params) }),
      ...(agreed(params)
        ? [nobody('DAT-4/elsewhere', 's3:*', { on: [elsewhere, `${elsewhere}/*`], when: ofProjects(params) })]
        : []),
    ]
  },
}
