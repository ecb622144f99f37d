import type { Control } from '../control.ts'
import type { AccountParams } from '../params.ts'
import { deny, inPlaces } from '../statement.ts'
import { haveInstanceTypes, haveMaxRuntime } from './actions.ts'

/** `system` is what Studio names the instance of its own default apps. */
const standardTypes = [
  'ml.c5.2xlarge',
  'ml.c5.xlarge',
  'ml.m5.2xlarge',
  'ml.m5.large',
  'ml.m5.xlarge',
  'ml.t3.large',
  'ml.t3.medium',
  'ml.t3.xlarge',
  'system',
]
const hours = 3600

export const approvedInstanceTypes = (p: AccountParams) => [
  ...new Set([...(p.approvedInstanceTypes ?? standardTypes), 'system']),
]
export const maxRuntimeSeconds = (p: AccountParams) =>
  p.maxRuntimeSeconds ?? (p.profile === 'regulated' ? 24 * hours : 72 * hours)

export const costs: Control = {
  id: 'COST-1',
  title: 'Size and time of work are bounded',
  category: 'cost',
  words: 'Only the agreed instance types can be used, and no job may run longer than agreed.',
  enforcedBy: ['scp', 'identity policy'],
  limits: [
    'Automatic machine learning and serverless endpoints choose their own instances: AWS gives no rule for them.',
    'What was spent is known hours later; the budget warns, it does not stop.',
  ],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: sagemaker:InstanceTypes, sagemaker:MaxRuntimeInSeconds',
  ],
  statements: (params) =>
    inPlaces(
      ['scp', 'studio'],
      deny('COST1OnlyAgreedInstances', {
        Action: haveInstanceTypes,
        Resource: '*',
        Condition: { 'ForAnyValue:StringNotEquals': { 'sagemaker:InstanceTypes': approvedInstanceTypes(params) } },
      }),
      deny('COST1NoEndlessJobs', {
        Action: haveMaxRuntime,
        Resource: '*',
        Condition: { NumericGreaterThan: { 'sagemaker:MaxRuntimeInSeconds': String(maxRuntimeSeconds(params)) } },
      }),
    ),
}
