import type * as Iam from '@aws-sdk/client-iam'
import { uniqueId } from '../../kernel/credentials.ts'
import { type AccessCheck, operation } from '../../kernel/operation.ts'
import { checkTrustPolicy, encoded } from './documents.ts'
import { findEntity, isTaken, onEntity, roleKind, underPath } from './entity.ts'
import { alreadyExists, deleteConflict } from './errors.ts'
import { findPolicy } from './find-policy.ts'
import { checkRoleCount, checkTrustSize } from './quotas.ts'
import { iamArn, type RoleRow, roles } from './state.ts'
import { tagList, tagMap } from './tags.ts'

export const createRole = operation<Iam.CreateRoleRequest, Iam.CreateRoleResponse>({
  name: 'CreateRole',
  access: (input, call) => {
    const tags = tagMap(input.Tags)
    const check: AccessCheck = {
      action: 'iam:CreateRole',
      resource: iamArn(call, `role${input.Path ?? '/'}${input.RoleName}`),
      requestTags: tags,
      context: { 'iam:PermissionsBoundary': input.PermissionsBoundary },
    }
    return Object.keys(tags).length > 0 ? [check, { ...check, action: 'iam:TagRole' }] : [check]
  },
  handle: (input, call) => {
    const name = input.RoleName ?? ''
    const trust = input.AssumeRolePolicyDocument ?? ''
    if (isTaken(roles(call), name)) throw alreadyExists(`Role with name ${name} already exists.`)
    checkRoleCount(roles(call).size)
    checkTrustPolicy(trust, call)
    checkTrustSize(trust)
    const path = input.Path ?? '/'
    const row: RoleRow = {
      name,
      path,
      id: uniqueId('AROA'),
      arn: iamArn(call, `role${path}${name}`),
      account: call.account,
      trust,
      description: input.Description,
      maxSessionDuration: input.MaxSessionDuration ?? 3600,
      createdAt: call.now.toISOString(),
      boundary: input.PermissionsBoundary && findPolicy(call, input.PermissionsBoundary).arn,
      tags: tagMap(input.Tags),
      inline: {},
      attached: [],
    }
    roles(call).put(name, row)
    return { Role: roleDetails(row) }
  },
})

export const getRole = operation<Iam.GetRoleRequest, Iam.GetRoleResponse>({
  name: 'GetRole',
  access: (input, call) => [onEntity(roleKind, 'GetRole', { ...input }, call)],
  handle: (input, call) => ({ Role: roleDetails(findEntity(roleKind, { ...input }, call)) }),
})

export const listRoles = operation<Iam.ListRolesRequest, Iam.ListRolesResponse>({
  name: 'ListRoles',
  access: (input, call) => [{ action: 'iam:ListRoles', resource: iamArn(call, `role${input.PathPrefix ?? '/'}`) }],
  handle: (input, call) => ({ Roles: underPath(roles(call).values(), input.PathPrefix).map(roleSummary) }),
})

export const deleteRole = operation<Iam.DeleteRoleRequest, object>({
  name: 'DeleteRole',
  access: (input, call) => [onEntity(roleKind, 'DeleteRole', { ...input }, call)],
  handle: (input, call) => {
    const row = findEntity(roleKind, { ...input }, call)
    if (row.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.')
    if (Object.keys(row.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.')
    roles(call).delete(row.name)
    return {}
  },
})

export const updateRole = operation<Iam.UpdateRoleRequest, object>({
  name: 'UpdateRole',
  access: (input, call) => [onEntity(roleKind, 'UpdateRole', { ...input }, call)],
  handle: (input, call) => {
    const row = findEntity(roleKind, { ...input }, call)
    roles(call).put(row.name, {
      ...row,
      description: input.Description ?? row.description,
      maxSessionDuration: input.MaxSessionDuration ?? row.maxSessionDuration,
    })
    return {}
  },
})

export const updateRoleDescription = operation<Iam.UpdateRoleDescriptionRequest, Iam.UpdateRoleDescriptionResponse>({
  name: 'UpdateRoleDescription',
  access: (input, call) => [onEntity(roleKind, 'UpdateRoleDescription', { ...input }, call)],
  handle: (input, call) => {
    const row = { ...findEntity(roleKind, { ...input }, call), description: input.Description }
    roles(call).put(row.name, row)
    return { Role: roleDetails(row) }
  },
})

export const updateAssumeRolePolicy = operation<Iam.UpdateAssumeRolePolicyRequest, object>({
  name: 'UpdateAssumeRolePolicy',
  access: (input, call) => [onEntity(roleKind, 'UpdateAssumeRolePolicy', { ...input }, call)],
  handle: (input, call) => {
    const row = findEntity(roleKind, { ...input }, call)
    const trust = input.PolicyDocument ?? ''
    checkTrustPolicy(trust, call)
    checkTrustSize(trust)
    roles(call).put(row.name, { ...row, trust })
    return {}
  },
})

export const listInstanceProfilesForRole = operation<
  Iam.ListInstanceProfilesForRoleRequest,
  Iam.ListInstanceProfilesForRoleResponse
>({
  name: 'ListInstanceProfilesForRole',
  access: (input, call) => [onEntity(roleKind, 'ListInstanceProfilesForRole', { ...input }, call)],
  handle: (input, call) => {
    findEntity(roleKind, { ...input }, call)
    return { InstanceProfiles: [] }
  },
})

export const listInstanceProfiles = operation<Iam.ListInstanceProfilesRequest, Iam.ListInstanceProfilesResponse>({
  name: 'ListInstanceProfiles',
  access: (_input, call) => [{ action: 'iam:ListInstanceProfiles', resource: iamArn(call, 'instance-profile/') }],
  handle: () => ({ InstanceProfiles: [] }),
})

/** ListRoles leaves out tags, boundary and last use (IAM API Reference, ListRoles). */
function roleSummary(row: RoleRow): Iam.Role {
  return {
    Path: row.path,
    RoleName: row.name,
    RoleId: row.id,
    Arn: row.arn,
    CreateDate: new Date(row.createdAt),
    AssumeRolePolicyDocument: encoded(row.trust),
    Description: row.description,
    MaxSessionDuration: row.maxSessionDuration,
  }
}

export function roleDetails(row: RoleRow): Iam.Role {
  return {
    ...roleSummary(row),
    ...(row.boundary === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy' as never, PermissionsBoundaryArn: row.boundary } }),
    ...(Object.keys(row.tags).length > 0 ? { Tags: tagList(row.tags) } : {}),
    RoleLastUsed: {},
  }
}
