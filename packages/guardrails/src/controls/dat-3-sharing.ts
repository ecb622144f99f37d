import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { but, deny, inPlaces, sparing } from '../statement.ts'

const shareModels = ['sagemaker:CreateHubContentPresignedUrls', 'sagemaker:PutModelPackageGroupPolicy']
/** Refused by IMM-4 already, because they look at no tag and no name. */
const shareUnscoped = [
  'sagemaker:CreateLineageGroupPolicy',
  'sagemaker:CreateSharedModel',
  'sagemaker:PutLineageGroupPolicy',
  'sagemaker:PutResourcePolicy',
]
/** Copies of disks and data bases, and the catalogue of tables. */
const shareCopies = [
  'ec2:DisableSnapshotBlockPublicAccess',
  'ec2:ModifySnapshotAttribute',
  'glue:PutResourcePolicy',
  'rds:ModifyDBClusterSnapshotAttribute',
  'rds:ModifyDBSnapshotAttribute',
]
const shareOutside = ['ram:CreateResourceShare', 'ram:UpdateResourceShare']
const toOutsiders = { Bool: { 'ram:RequestedAllowsExternalPrincipals': 'true' } }
const add = 'ram:AssociateResourceShare'
const openShare = { Bool: { 'ram:AllowsExternalPrincipals': 'true' } }

export const sharing: Control = {
  id: 'DAT-3',
  title: 'Nothing is shared out of the account',
  category: 'data',
  words:
    'Nobody but your break-glass role can open a model, a feature group, a snapshot or a table catalogue of this ' +
    'account to another account, or share anything outside of your organization.',
  enforcedBy: ['scp', 'boundary'],
  limits: [
    'Buckets and keys are guarded by DAT-5, IMM-1 and IMM-3, and by DAT-8 where there is an organization.',
    'Shares inside your organization stay possible: they are yours.',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: PutModelPackageGroupPolicy, PutResourcePolicy',
    'Service Authorization Reference, AWS Resource Access Manager: ram:RequestedAllowsExternalPrincipals',
    'Service Authorization Reference, Amazon EC2: ModifySnapshotAttribute',
  ],
  statements: (params) => [
    ...inPlaces(
      ['scp', 'boundary'],
      deny('DAT3NoSharingOut', { Action: shareModels, Resource: '*', Condition: but(params, 'break-glass') }),
    ),
    ...inPlaces(
      ['scp'],
      deny('DAT3NoCopiesOut', { Action: shareCopies, Resource: '*', Condition: but(params, 'break-glass') }),
      deny('DAT3NoSharesToOutsiders', {
        Action: shareOutside,
        Resource: '*',
        Condition: { ...toOutsiders, ...but(params, 'break-glass') },
      }),
      deny('DAT3NothingIntoOpenShares', {
        Action: add,
        Resource: '*',
        Condition: { ...openShare, ...but(params, 'break-glass') },
      }),
    ),
  ],
  invariants: (params) => {
    const owner = sparing(params, 'break-glass')
    return [
      nobody('DAT-3/models', [...shareModels, ...shareUnscoped], { but: owner }),
      nobody('DAT-3/copies', shareCopies, { but: owner }),
      nobody('DAT-3/shares', shareOutside, { but: owner, when: toOutsiders }),
      nobody('DAT-3/open-shares', add, { but: owner, when: openShare }),
    ]
  },
}
