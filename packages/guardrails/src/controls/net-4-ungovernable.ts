import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { deny, inPlaces } from '../statement.ts'

/** Work, or a door, without a condition key for its network, key or person. */
const ungoverned = [
  'sagemaker:BatchAddClusterNodes',
  'sagemaker:CreateCompilationJob',
  'sagemaker:CreateEdgePackagingJob',
  'sagemaker:CreateInferenceExperiment',
  'sagemaker:CreateInferenceRecommendationsJob',
  'sagemaker:CreateMlflowApp',
  'sagemaker:CreateMlflowTrackingServer',
  'sagemaker:CreateOptimizationJob',
  'sagemaker:CreatePartnerApp',
  'sagemaker:CreateWorkforce',
  'sagemaker:CreateWorkteam',
  'sagemaker:ImportHubContent',
]

export const ungovernable: Control = {
  id: 'NET-4',
  title: 'What AWS gives no control over is off',
  category: 'network',
  words: 'SageMaker features for which AWS offers no rule about network, key or person are switched off.',
  enforcedBy: ['scp'],
  limits: ['A feature is switched on again by an exception, never silently.'],
  sources: ['Service Authorization Reference, Amazon SageMaker AI: actions without condition keys'],
  statements: () =>
    inPlaces(
      ['scp'],
      deny('NET4NoUngovernedWork', {
        Action: ungoverned,
        Resource: '*',
      }),
    ),
  invariants: () => [nobody('NET-4/ungoverned', ungoverned)],
}
