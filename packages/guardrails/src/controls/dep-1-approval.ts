import type { Control } from '../control.ts'
import { but, deny, inPlaces } from '../statement.ts'

export const approval: Control = {
  id: 'DEP-1',
  title: 'Only a finished review approves a model',
  category: 'deployment',
  words: 'No person can mark a model version as approved. The platform does it when the review is signed off.',
  enforcedBy: ['scp', 'boundary'],
  limits: ['A status other than Approved can be set by whoever may change model versions; it opens no door.'],
  sources: ['Service Authorization Reference, Amazon SageMaker AI: sagemaker:ModelApprovalStatus'],
  statements: (params) =>
    inPlaces(
      ['scp', 'boundary'],
      deny('DEP1OnlyReviewApproves', {
        Action: ['sagemaker:CreateModelPackage', 'sagemaker:UpdateModelPackage'],
        Resource: '*',
        Condition: {
          StringEquals: { 'sagemaker:ModelApprovalStatus': 'Approved' },
          ...but(params, 'provision'),
        },
      }),
    ),
}
