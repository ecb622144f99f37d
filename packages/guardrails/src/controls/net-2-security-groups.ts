import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { deny, inPlaces } from '../statement.ts'
import { besidesRefused, mayNameNetwork, mayNameSecurityGroups, needNetwork } from './actions.ts'

export const securityGroups: Control = {
  id: 'NET-2',
  title: 'Work runs behind your security groups only',
  category: 'network',
  words: 'No job, model, notebook or domain starts without the security groups agreed with you.',
  enforcedBy: ['scp', 'boundary', 'identity policy'],
  limits: ['Who may change the rules of a security group of your own network is for you to say.'],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:VpcSecurityGroupIds',
    'IAM User Guide, Condition operators: Null (several keys in one block must all be missing)',
  ],
  statements: (params) => [
    ...inPlaces(
      ['scp', 'boundary'],
      deny('NET2RequireSecurityGroups', {
        Action: besidesRefused(params.profile, needNetwork),
        Resource: '*',
        Condition: { Null: { 'sagemaker:VpcSecurityGroupIds': 'true' } },
      }),
    ),
    ...(params.network
      ? inPlaces(
          ['scp', 'studio'],
          deny('NET2OnlyAgreedSecurityGroups', {
            Action: besidesRefused(params.profile, [...needNetwork, ...mayNameNetwork, ...mayNameSecurityGroups]),
            Resource: '*',
            Condition: {
              'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSecurityGroupIds': [...params.network.securityGroupIds] },
            },
          }),
        )
      : []),
  ],
  invariants: (params) => [
    nobody('NET-2/none', needNetwork, { when: { Null: { 'sagemaker:VpcSecurityGroupIds': 'true' } } }),
    ...(params.network
      ? [
          nobody('NET-2/foreign', [...needNetwork, ...mayNameNetwork, ...mayNameSecurityGroups], {
            when: {
              'ForAnyValue:StringNotEquals': { 'sagemaker:VpcSecurityGroupIds': [...params.network.securityGroupIds] },
            },
          }),
        ]
      : []),
  ],
}
