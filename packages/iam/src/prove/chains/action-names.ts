import { allPassingWays } from './pass-role.ts'
import { computeWays } from './ways/compute.ts'
import { providerWays } from './ways/providers.ts'

const verbs = ['Create', 'Delete', 'Tag', 'Untag']
const policyVerbs = ['Put', 'Delete', 'Attach', 'Detach']
const boundaryVerbs = ['Put', 'Delete']

const ofPrincipals = ['Role', 'User'].flatMap((kind) => [
  ...verbs.map((verb) => `iam:${verb}${kind}`),
  ...policyVerbs.map((verb) => `iam:${verb}${kind}Policy`),
  ...boundaryVerbs.map((verb) => `iam:${verb}${kind}PermissionsBoundary`),
])

const others = [
  'iam:AddUserToGroup',
  'iam:AttachGroupPolicy',
  'iam:CreateAccessKey',
  'iam:CreateGroup',
  'iam:CreateLoginProfile',
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:PassRole',
  'iam:PutGroupPolicy',
  'iam:SetDefaultPolicyVersion',
  'iam:UpdateAssumeRolePolicy',
  'iam:UpdateLoginProfile',
  'sts:AssumeRole',
  'sts:AssumeRoleWithSAML',
  'sts:AssumeRoleWithWebIdentity',
  'sts:SetSourceIdentity',
  'sts:TagSession',
]

/** Every action that takes part in some way. */
export function actionNames(): readonly string[] {
  return [
    ...ofPrincipals,
    ...others,
    ...allPassingWays.flatMap(({ needs }) => needs.map(({ action }) => action)),
    ...computeWays.flatMap(({ needs }) => needs.map(({ action }) => action)),
    ...providerWays.flatMap(({ needs }) => needs),
  ]
}
