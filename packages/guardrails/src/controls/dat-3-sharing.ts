import type { Control } from '../control.ts'
import { but, deny, inPlaces } from '../statement.ts'

export const sharing: Control = {
  id: 'DAT-3',
  title: 'Models and features are not shared out of the account',
  category: 'data',
  words: 'Nobody can open a model, a model group or a feature group of this account to another account.',
  enforcedBy: ['scp', 'boundary'],
  limits: ['Buckets and keys are guarded by IMM-1 and IMM-3.'],
  sources: ['Service Authorization Reference, Amazon SageMaker AI: PutModelPackageGroupPolicy, PutResourcePolicy'],
  statements: (params) =>
    inPlaces(
      ['scp', 'boundary'],
      deny('DAT3NoSharingOut', {
        Action: [
          'sagemaker:CreateHubContentPresignedUrls',
          'sagemaker:CreateLineageGroupPolicy',
          'sagemaker:CreateSharedModel',
          'sagemaker:PutLineageGroupPolicy',
          'sagemaker:PutModelPackageGroupPolicy',
          'sagemaker:PutResourcePolicy',
        ],
        Resource: '*',
        Condition: but(params, 'break-glass'),
      }),
    ),
}
