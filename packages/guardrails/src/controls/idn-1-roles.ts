import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { boundaryArn, iamArn, projectRolesArn, serviceRolesArn } from '../names.ts'
import type { AccountParams } from '../params.ts'
import { exempt } from '../promise.ts'
import { deny, inPlaces, sparing } from '../statement.ts'

const made = (p: AccountParams) => [projectRolesArn(p), serviceRolesArn(p)]
const makeBounded = ['iam:CreateRole', 'iam:PutRolePermissionsBoundary']
const changeBoundary = [
  'iam:CreatePolicy',
  'iam:CreatePolicyVersion',
  'iam:DeletePolicy',
  'iam:DeletePolicyVersion',
  'iam:SetDefaultPolicyVersion',
]

export const bounded: Control = {
  id: 'IDN-1',
  title: 'Every role we make is bounded, by a policy that only you can change',
  category: 'identity',
  words:
    'Each role of a project carries the boundary that you installed. The platform can neither make a role without ' +
    'it, nor take it off, nor change it.',
  enforcedBy: ['scp', 'identity policy'],
  limits: [
    'The boundary caps what a role may do; resource policies that name a session are outside of it.',
    'AWS has no rule about who may enter a role that is made: the platform could make a project role for itself, within ' +
      'your boundary. It would stand in the trail, and any change of trust is reported as an event.',
  ],
  sources: ['IAM User Guide, Permissions boundaries for IAM entities'],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('IDN1OnlyBoundedRoles', {
        Action: makeBounded,
        Resource: made(params),
        Condition: { StringNotEquals: { 'iam:PermissionsBoundary': boundaryArn(params) } },
      }),
      deny('IDN1BoundaryStays', {
        Action: 'iam:DeleteRolePermissionsBoundary',
        Resource: iamArn(params, params.awsAccountId, 'role/uais/*'),
      }),
      // Everybody else is kept from policies of UAIS by IMM-2.
      deny('IDN1OwnerHoldsBoundary', {
        Action: changeBoundary,
        Resource: boundaryArn(params),
        Condition: { ArnEquals: { 'aws:PrincipalArn': sparing(params, 'provision', 'teardown') } },
      }),
    ),
  invariants: (params) => [
    nobody('IDN-1/bounded', makeBounded, {
      on: made(params),
      when: { StringNotEquals: { 'iam:PermissionsBoundary': boundaryArn(params) } },
    }),
    nobody('IDN-1/stays', 'iam:DeleteRolePermissionsBoundary', {
      on: [iamArn(params, params.awsAccountId, 'role/uais/*')],
    }),
    nobody('IDN-1/owner', changeBoundary, { but: exempt(params), on: [boundaryArn(params)] }),
    stays('IDN-1/change', params.breakGlassPrincipal, 'iam:CreatePolicyVersion', boundaryArn(params)),
  ],
}
