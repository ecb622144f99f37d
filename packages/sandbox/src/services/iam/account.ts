import type * as Iam from '@aws-sdk/client-iam'
import { type Call, operation } from '../../kernel/operation.ts'
import { encoded } from './documents.ts'
import { findPolicy } from './find-policy.ts'
import { policyDetails } from './managed-policy.ts'
import { summaryQuotas } from './quotas.ts'
import { roleDetails } from './role.ts'
import { oidcProviders, type PolicyRow, policies, type RoleRow, roles, type UserRow, users } from './state.ts'
import { userDetails } from './user.ts'

export const getAccountSummary = operation<object, Iam.GetAccountSummaryResponse>({
  name: 'GetAccountSummary',
  access: () => [{ action: 'iam:GetAccountSummary', resource: '*' }],
  handle: (_input, call) => ({
    SummaryMap: {
      ...summaryQuotas,
      Users: users(call).size,
      Roles: roles(call).size,
      Policies: policies(call).size,
      PolicyVersionsInUse: policies(call).size,
      Groups: 0,
      InstanceProfiles: 0,
      Providers: oidcProviders(call).size,
      MFADevices: 0,
      AccountMFAEnabled: 1,
      AccountAccessKeysPresent: 0,
    } as Record<string, number>,
  }),
})

export const listAccountAliases = operation<Iam.ListAccountAliasesRequest, Iam.ListAccountAliasesResponse>({
  name: 'ListAccountAliases',
  access: () => [{ action: 'iam:ListAccountAliases', resource: '*' }],
  handle: () => ({ AccountAliases: [] }),
})

export const getAccountAuthorizationDetails = operation<
  Iam.GetAccountAuthorizationDetailsRequest,
  Iam.GetAccountAuthorizationDetailsResponse
>({
  name: 'GetAccountAuthorizationDetails',
  access: () => [{ action: 'iam:GetAccountAuthorizationDetails', resource: '*' }],
  handle: (input, call) => {
    const wanted = (kind: Iam.EntityType) => !input.Filter || input.Filter.includes(kind)
    const own = wanted('LocalManagedPolicy') ? [...policies(call).values()] : []
    const aws = wanted('AWSManagedPolicy') ? attachedAwsPolicies(call) : []
    return {
      UserDetailList: wanted('User') ? [...users(call).values()].map((row) => userDetail(row, call)) : [],
      GroupDetailList: [],
      RoleDetailList: wanted('Role') ? [...roles(call).values()].map((row) => roleDetail(row, call)) : [],
      Policies: [...own, ...aws].map((row) => policyDetail(row, call)),
    }
  },
})

/** AWS managed policies are listed when they are in use. */
function attachedAwsPolicies(call: Call): PolicyRow[] {
  const used = new Set([...roles(call).values(), ...users(call).values()].flatMap((row) => row.attached))
  return [...used].map((arn) => findPolicy(call, arn)).filter((policy) => policy.arn.includes(':iam::aws:'))
}

const inlineList = (row: RoleRow | UserRow) =>
  Object.entries(row.inline).map(([PolicyName, text]) => ({ PolicyName, PolicyDocument: encoded(text) }))

const attachedList = (row: RoleRow | UserRow, call: Call) =>
  row.attached.map((arn) => ({ PolicyArn: arn, PolicyName: findPolicy(call, arn).name }))

function roleDetail(row: RoleRow, call: Call): Iam.RoleDetail {
  return {
    ...roleDetails(row),
    InstanceProfileList: [],
    RolePolicyList: inlineList(row),
    AttachedManagedPolicies: attachedList(row, call),
  }
}

function userDetail(row: UserRow, call: Call): Iam.UserDetail {
  return {
    ...userDetails(row),
    UserPolicyList: inlineList(row),
    GroupList: [],
    AttachedManagedPolicies: attachedList(row, call),
  }
}

function policyDetail(row: PolicyRow, call: Call): Iam.ManagedPolicyDetail {
  return {
    ...policyDetails(row, call),
    PolicyVersionList: row.versions.map((version) => ({
      Document: encoded(version.document),
      VersionId: version.id,
      IsDefaultVersion: version.id === row.defaultVersion,
      CreateDate: new Date(version.createdAt),
    })),
  }
}
