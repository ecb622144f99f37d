import type { PolicyStatement } from '@uais/iam'
import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { bootstrapRoleArn, sagemakerArn } from '../names.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

const versions = ['sagemaker:CreateModelPackage', 'sagemaker:UpdateModelPackage']
const approved = { StringEquals: { 'sagemaker:ModelApprovalStatus': 'Approved' } }

const onlyReview = (Condition: PolicyStatement['Condition']) =>
  deny('DEP1OnlyReviewApproves', { Action: versions, Resource: '*', Condition })

export const approval: Control = {
  id: 'DEP-1',
  title: 'Only a finished review approves a model',
  category: 'deployment',
  words: 'No person can mark a model version as approved. The platform does it when the review is signed off.',
  enforcedBy: ['scp', 'boundary'],
  limits: ['A status other than Approved can be set by whoever may change model versions; it opens no door.'],
  sources: ['Service Authorization Reference, Amazon SageMaker AI: sagemaker:ModelApprovalStatus'],
  statements: (params) => [
    ...inPlaces(['scp'], onlyReview({ ...approved, ...but(params, 'provision') })),
    // Only roles of projects are bounded: there is nobody to spare.
    ...inPlaces(['boundary'], onlyReview(approved)),
  ],
  invariants: (params) => [
    nobody('DEP-1/approve', versions, { but: exempt(params, 'provision'), when: approved }),
    stays(
      'DEP-1/platform',
      bootstrapRoleArn(params, 'uais-provision'),
      'sagemaker:UpdateModelPackage',
      sagemakerArn(params, 'model-package/uais-x/1'),
      { 'sagemaker:ModelApprovalStatus': 'Approved', 'aws:ResourceTag/ManagedBy': 'UAIS' },
    ),
  ],
}
