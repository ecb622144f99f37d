import { modelStays, trainingStays } from '../agreed-work.ts'
import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { deny, inPlaces, isProject } from '../statement.ts'
import { cannotIsolate, haveIsolation } from './actions.ts'

/** `IfExists`: a job that says nothing runs without isolation, and is refused as one that says so. */
const open = { BoolIfExists: { 'sagemaker:NetworkIsolation': 'false' } }

export const isolation: Control = {
  id: 'NET-6',
  title: 'Code that trains or serves has no network at all',
  category: 'network',
  words:
    'With the profile "regulated" the code of a job or a model cannot call anything, not even inside your network: ' +
    'SageMaker brings the inputs and takes the results.',
  enforcedBy: ['scp', 'identity policy', 'terraform'],
  limits: [
    'The profile "standard" leaves it to the project.',
    'Automatic machine learning, clusters and AI jobs cannot be isolated: with "regulated" they are off.',
    'Studio apps are interactive and keep your network (NET-1 to NET-3).',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:NetworkIsolation',
    'Amazon SageMaker AI Developer Guide, Run training and inference containers in internet-free mode',
  ],
  statements: (params) =>
    params.profile === 'regulated'
      ? [
          ...inPlaces(
            ['scp', 'studio'],
            deny('NET6OnlyIsolated', { Action: haveIsolation, Resource: '*', Condition: open }),
          ),
          ...inPlaces(
            ['scp'],
            deny('NET6NothingThatCannotBe', { Action: cannotIsolate, Resource: '*' }),
            // Carried for inference components only; an endpoint of a model takes the model's isolation.
            deny('NET6OnlyIsolatedComponents', {
              Action: 'sagemaker:CreateEndpointConfig',
              Resource: '*',
              Condition: { Bool: { 'sagemaker:NetworkIsolation': 'false' } },
            }),
          ),
        ]
      : [],
  invariants: (params) =>
    params.profile === 'regulated'
      ? [
          nobody('NET-6/open', haveIsolation, { when: open }),
          nobody('NET-6/cannot', cannotIsolate),
          nobody('NET-6/components', 'sagemaker:CreateEndpointConfig', {
            when: { Bool: { 'sagemaker:NetworkIsolation': 'false' } },
          }),
          ...(isProject(params) ? [trainingStays('NET-6/training', params)] : []),
          modelStays('NET-6/serving', params),
        ]
      : [],
}
