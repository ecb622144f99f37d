import type { Control } from '../control.ts'
import { iamArn } from '../names.ts'
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

export const roles: Control = {
  id: 'IMM-2',
  title: "Nobody becomes the platform, or takes over the owner's lever",
  category: 'immutability',
  words:
    'Nobody can make, change, take over or hand on a role or policy of UAIS, nor change your break-glass role, ' +
    'which alone can end what the platform may do.',
  enforcedBy: ['scp'],
  limits: [
    'Who can sign in to the break-glass role is decided by its trust policy, which is yours to keep tight.',
    'An identity provider that the break-glass role trusts is not protected.',
  ],
  sources: [
    'IAM User Guide, Actions, resources, and condition keys for AWS Identity and Access Management',
    'IAM User Guide, Grant a user permissions to pass a role to an AWS service',
  ],
  statements: (params) => {
    const ours = (path: string) => iamArn(params, params.awsAccountId, path)
    return inPlaces(
      ['scp'],
      deny('IMM2ProtectRoles', {
        NotAction: ['iam:Get*', 'iam:List*', 'iam:PassRole', 'iam:SimulatePrincipalPolicy'],
        Resource: [ours('role/uais/*'), ours('policy/uais/*')],
        Condition: but(params, 'provision', 'teardown', 'break-glass'),
      }),
      deny('IMM2NoPassingOfRoles', {
        Action: 'iam:PassRole',
        Resource: ours('role/uais/*'),
        Condition: but(params, 'provision', 'projects'),
      }),
      deny('IMM2ProtectBreakGlass', {
        Action: changeRole,
        Resource: params.breakGlassPrincipal,
        Condition: but(params, 'break-glass'),
      }),
    )
  },
}
