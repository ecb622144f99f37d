import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

/**
 * SageMaker actions that change something and whose resource AWS tells by no tag (Service Authorization Reference,
 * "Amazon SageMaker AI"). A test compares the list with the catalogue.
 */
export const withoutTags = [
  'sagemaker:CreateLineageGroupPolicy',
  'sagemaker:CreateSharedModel',
  'sagemaker:DeleteHumanLoop',
  'sagemaker:DeleteLineageGroupPolicy',
  'sagemaker:DeleteResourcePolicy',
  'sagemaker:DisableSagemakerServicecatalogPortfolio',
  'sagemaker:EnableSagemakerServicecatalogPortfolio',
  'sagemaker:ExtendTrainingPlan',
  'sagemaker:PutLineageGroupPolicy',
  'sagemaker:PutResourcePolicy',
  'sagemaker:SendSharedModelEvent',
  'sagemaker:StopHumanLoop',
  'sagemaker:UpdateSharedModel',
]

export const unscoped: Control = {
  id: 'IMM-4',
  title: 'What AWS cannot tell apart is off',
  category: 'immutability',
  words:
    'Thirteen actions of SageMaker look at no tag and no name, so no rule could say whose things they touch. Nobody ' +
    'but your break-glass role can use them.',
  enforcedBy: ['scp', 'boundary'],
  limits: ['It concerns all of SageMaker in the account, not only what UAIS made.'],
  sources: [
    'Service Authorization Reference, Amazon SageMaker AI: actions without resource types or with untagged ones',
  ],
  statements: (params) =>
    inPlaces(
      ['scp', 'boundary'],
      deny('IMM4NoUnscopedChanges', {
        Action: withoutTags,
        Resource: '*',
        Condition: but(params, 'break-glass'),
      }),
    ),
  invariants: (params) => [nobody('IMM-4/unscoped', withoutTags, { but: exempt(params) })],
}
