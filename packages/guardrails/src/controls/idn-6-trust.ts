import type { Control } from '../control.ts'
import { nobody } from '../invariant.ts'
import { bootstrapRoleArn, projectRolesArn, serviceRolesArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { deny, inPlaces } from '../statement.ts'

const ofPlatform = (p: AccountParams) =>
  (['uais-provision', 'uais-mint', 'uais-audit', 'uais-teardown'] as const).map((role) => bootstrapRoleArn(p, role))
const ofSageMaker = (p: AccountParams) => [projectRolesArn(p), serviceRolesArn(p)]

const enter = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession']

export const trust: Control = {
  id: 'IDN-6',
  title: 'Each role opens for one named caller',
  category: 'identity',
  words:
    'The four roles of the platform open for one exact role of the platform each, with a secret id that is yours ' +
    'alone, and only saying for which run or person. The roles of projects open for SageMaker in this account, and for ' +
    'nobody else.',
  enforcedBy: ['trust policy', 'scp'],
  limits: [
    'A session of the platform lasts an hour at most: AWS ends chained sessions then, and has no rule to say less.',
    'AWS gives a trust policy no look at who asks on behalf of SageMaker: whoever may pass the role starts work in it.',
    'A trust policy is changed by the platform for project roles and by you for the four: each change is reported.',
  ],
  sources: [
    'IAM User Guide, The confused deputy problem: sts:ExternalId, aws:SourceAccount',
    'IAM User Guide, Monitor and control actions taken with assumed roles: sts:SourceIdentity',
    'IAM User Guide, Methods to assume a role: role chaining lasts one hour at most',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      // From inside the account nobody enters: the platform comes from its own account, SageMaker is no principal here.
      deny('IDN6NobodyEntersFromInside', {
        Action: enter,
        Resource: [...ofPlatform(params), ...ofSageMaker(params)],
      }),
    ),
  invariants: (params) => [
    nobody('IDN-6/enter', enter, {
      on: [...ofPlatform(params), ...ofSageMaker(params)],
    }),
  ],
}
