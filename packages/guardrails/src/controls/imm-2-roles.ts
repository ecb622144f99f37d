import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { bootstrapRoleArn, boundaryArn, iamArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { exempt, nobodyChanges } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

const changeRole = [
  'iam:Attach*',
  'iam:Create*',
  'iam:Delete*',
  'iam:Detach*',
  'iam:PassRole',
  'iam:Put*',
  'iam:Tag*',
  'iam:Untag*',
  'iam:Update*',
]
/** Entering from inside the account; identity providers and other accounts are not bound by its own guardrails. */
const enterRole = ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession']

const ours = (params: AccountParams, ...paths: string[]) =>
  paths.map((path) => iamArn(params, params.awsAccountId, `${path}/uais/*`))

export const roles: Control = {
  id: 'IMM-2',
  title: "Nobody becomes the platform, or takes over the owner's lever",
  category: 'immutability',
  words:
    'Nobody can make, change, take over or hand on a role or policy of UAIS, nor change or enter your break-glass ' +
    'role from inside the account. That role alone can end what the platform may do, without asking anybody.',
  enforcedBy: ['scp'],
  limits: [
    'Who signs in to the break-glass role is decided by its trust policy, which is yours to keep tight; it is entered ' +
      'through your identity provider or from another account of yours, not from a role of this account.',
    'A policy of your own that is attached to the break-glass role can be changed by your administrators.',
    "AWS's service-linked roles are outside of every service control policy.",
  ],
  sources: [
    'IAM User Guide, Actions, resources, and condition keys for AWS Identity and Access Management',
    'IAM User Guide, Grant a user permissions to pass a role to an AWS service',
  ],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('IMM2ProtectRoles', {
        NotAction: ['iam:Get*', 'iam:List*', 'iam:PassRole', 'iam:SimulatePrincipalPolicy'],
        Resource: ours(params, 'role', 'policy'),
        Condition: but(params, 'provision', 'teardown', 'break-glass'),
      }),
      deny('IMM2NoPassingOfRoles', {
        Action: 'iam:PassRole',
        Resource: ours(params, 'role'),
        Condition: but(params, 'provision', 'projects'),
      }),
      deny('IMM2ProtectBreakGlass', {
        Action: [...changeRole, ...enterRole],
        Resource: params.breakGlassPrincipal,
        Condition: but(params, 'break-glass'),
      }),
    ),
  invariants: (params) => {
    const platform = bootstrapRoleArn(params, 'uais-provision')
    const lever = (id: string, action: string, resource: string) =>
      stays(`IMM-2/${id}`, params.breakGlassPrincipal, action, resource)
    return [
      nobodyChanges('IMM-2/takeover', ['iam:*', 'sts:*'], {
        but: exempt(params, 'provision', 'teardown', 'projects'),
        on: { arns: ours(params, 'role', 'policy') },
      }),
      nobody('IMM-2/pass', 'iam:PassRole', {
        but: exempt(params, 'provision', 'projects'),
        on: ours(params, 'role'),
      }),
      nobody('IMM-2/pass-elsewhere', 'iam:PassRole', {
        but: [params.breakGlassPrincipal],
        on: ours(params, 'role'),
        when: { StringNotEquals: { 'iam:PassedToService': 'sagemaker.amazonaws.com' } },
      }),
      nobody('IMM-2/break-glass', [...changeRole, ...enterRole], {
        but: [params.breakGlassPrincipal],
        on: [params.breakGlassPrincipal],
      }),
      lever('deny-platform', 'iam:PutRolePolicy', platform),
      lever('end-trust', 'iam:UpdateAssumeRolePolicy', platform),
      lever('end-platform', 'iam:DeleteRole', platform),
      lever('narrow-projects', 'iam:CreatePolicyVersion', boundaryArn(params)),
    ]
  },
}
