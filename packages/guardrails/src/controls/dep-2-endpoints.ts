import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { bootstrapRoleArn, sagemakerArn } from '../names.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

const serve = [
  'sagemaker:CreateEndpoint',
  'sagemaker:CreateInferenceComponent',
  'sagemaker:UpdateEndpoint',
  'sagemaker:UpdateEndpointWeightsAndCapacities',
  'sagemaker:UpdateInferenceComponent',
  'sagemaker:UpdateInferenceComponentRuntimeConfig',
]

export const endpoints: Control = {
  id: 'DEP-2',
  title: 'People do not put models into service',
  category: 'deployment',
  words: 'Endpoints are made and changed by the platform only, after the review.',
  enforcedBy: ['scp', 'boundary'],
  limits: ['A model can still be tried in a notebook or a training job, inside its project.'],
  sources: ['Service Authorization Reference, Amazon SageMaker AI: CreateEndpoint carries no condition key'],
  statements: (params) =>
    inPlaces(
      ['scp', 'boundary'],
      deny('DEP2NoEndpointsByPeople', {
        Action: serve,
        Resource: '*',
        Condition: but(params, 'provision'),
      }),
    ),
  invariants: (params) => [
    nobody('DEP-2/serve', serve, { but: exempt(params, 'provision') }),
    stays(
      'DEP-2/platform',
      bootstrapRoleArn(params, 'uais-provision'),
      'sagemaker:UpdateEndpoint',
      sagemakerArn(params, 'endpoint/uais-x'),
      { 'aws:ResourceTag/ManagedBy': 'UAIS' },
    ),
  ],
}
