import { emptyRules, listOf, shapeRules } from './rules-form.ts'

/** What the onboarding wizard holds: flat text, shaped into the contract's `accountCreate` when sent. */
export const emptyAccount = {
  name: '',
  awsAccountId: '',
  region: 'eu-west-1',
  ownerGroup: '',
  organized: 'yes',
  managementAccountId: '',
  targetId: '',
  network: 'managed',
  cidr: '10.60.0.0/20',
  vpcId: '',
  subnetIds: '',
  securityGroupIds: '',
  key: 'created',
  keyArn: '',
  guardrailProfile: 'regulated',
  breakGlassPrincipal: '',
  approval: 'destructive-only',
  monthlyBudgetUsd: '1000',
  dataUseTerms: '',
  ...emptyRules,
}
export type AccountForm = typeof emptyAccount

/** @returns the request body; fields that are wrong stay wrong, for the contract's schema to name. */
export function shapeAccount(form: AccountForm): object {
  const rules = shapeRules(form)
  return {
    name: form.name,
    spec: {
      awsAccountId: form.awsAccountId,
      region: form.region,
      mode: 'iam',
      ownerGroup: form.ownerGroup,
      organization:
        form.organized === 'yes'
          ? { managementAccountId: form.managementAccountId, targetId: form.targetId || form.awsAccountId }
          : null,
      network:
        form.network === 'managed'
          ? { kind: 'managed', cidr: form.cidr }
          : {
              kind: 'existing',
              vpcId: form.vpcId,
              subnetIds: listOf(form.subnetIds),
              securityGroupIds: listOf(form.securityGroupIds),
            },
      key: form.key === 'created' ? { kind: 'created' } : { kind: 'existing', keyArn: form.keyArn },
      guardrailProfile: form.guardrailProfile,
      breakGlassPrincipal: form.breakGlassPrincipal,
      approval: form.approval,
      monthlyBudgetUsd: Number(form.monthlyBudgetUsd),
      dataUseTerms: form.dataUseTerms,
      ...(rules ? { rules } : {}),
    },
  }
}
