import type { Control } from '../control.ts'
import { but, deny, inPlaces } from '../statement.ts'

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
        Action: [
          'sagemaker:CreateEndpoint',
          'sagemaker:CreateInferenceComponent',
          'sagemaker:UpdateEndpoint',
          'sagemaker:UpdateEndpointWeightsAndCapacities',
          'sagemaker:UpdateInferenceComponent',
          'sagemaker:UpdateInferenceComponentRuntimeConfig',
        ],
        Resource: '*',
        Condition: but(params, 'provision'),
      }),
    ),
}
