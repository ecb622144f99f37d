import { modelStays, trainingStays } from '../agreed-work.ts'
import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { deny, inPlaces, isProject } from '../statement.ts'
import { besidesRefused, mayNameNetwork, needNetwork } from './actions.ts'

export const subnets: Control = {
  id: 'NET-1',
  title: 'Work runs in your private subnets only',
  category: 'network',
  words: 'No job, model, notebook or domain starts outside the private subnets agreed with you.',
  enforcedBy: ['scp', 'boundary', 'identity policy'],
  limits: [
    'Batch transform and endpoints take the network of their model, which is checked when the model is made.',
    'A monitoring schedule must carry its job definition; one that names a ready-made definition is refused.',
    'Until the network is built, some subnet is required; from then on, exactly the agreed ones.',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:VpcSubnets',
    'IAM User Guide, Set operators for multivalued context keys',
  ],
  statements: (params) => [
    ...inPlaces(
      ['scp', 'boundary'],
      deny('NET1RequireVpcSubnets', {
        Action: besidesRefused(params.profile, needNetwork),
        Resource: '*',
        Condition: { Null: { 'sagemaker:VpcSubnets': 'true' } },
      }),
    ),
    ...(params.network
      ? inPlaces(
          ['scp', 'studio'],
          deny('NET1OnlyAgreedSubnets', {
            Action: besidesRefused(params.profile, [...needNetwork, ...mayNameNetwork]),
            Resource: '*',
            Condition: { 'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSubnets': [...params.network.subnetIds] } },
          }),
        )
      : []),
  ],
  invariants: (params) => [
    nobody('NET-1/none', needNetwork, { when: { Null: { 'sagemaker:VpcSubnets': 'true' } } }),
    ...(params.network
      ? [
          nobody('NET-1/foreign', [...needNetwork, ...mayNameNetwork], {
            when: { 'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSubnets': [...params.network.subnetIds] } },
          }),
        ]
      : []),
    ...(isProject(params) ? [trainingStays('NET-1/training', params)] : []),
    modelStays('NET-1/serving', params),
  ],
}
