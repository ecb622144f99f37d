import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { but, deny, inPlaces, sparing } from '../statement.ts'

const raise = ['servicequotas:PutServiceQuotaIncreaseRequestIntoTemplate', 'servicequotas:RequestServiceQuotaIncrease']
const ofSageMaker = { StringEquals: { 'servicequotas:service': 'sagemaker' } }

export const quotas: Control = {
  id: 'COST-4',
  title: "AWS's own limits are raised by you only",
  category: 'cost',
  words:
    'How many machines of a kind SageMaker may run here is a limit of AWS, which only your break-glass role can raise.',
  enforcedBy: ['scp'],
  limits: [
    'Limits of AWS can be seen and raised, never lowered: what may run at all is bounded by COST-1.',
    'AWS Support can raise a limit on a case that is opened without this call.',
  ],
  sources: [
    'Service Quotas User Guide, Requesting a quota increase',
    'Service Authorization Reference, Service Quotas: servicequotas:service',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('COST4OnlyOwnerRaises', {
        Action: raise,
        Resource: '*',
        Condition: { ...ofSageMaker, ...but(params, 'break-glass') },
      }),
    ),
  invariants: (params) => [
    nobody('COST-4/raise', raise, { but: sparing(params, 'break-glass'), when: ofSageMaker }),
    stays(
      'COST-4/owner',
      params.breakGlassPrincipal,
      'servicequotas:RequestServiceQuotaIncrease',
      `arn:${params.partition}:servicequotas:${params.region}:${params.awsAccountId}:sagemaker/L-1`,
      { 'servicequotas:service': 'sagemaker' },
    ),
  ],
}
