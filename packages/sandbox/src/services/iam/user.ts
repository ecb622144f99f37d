import type * as Iam from '@aws-sdk/client-iam'
import { uniqueId } from '../../kernel/credentials.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { findEntity, isTaken, onEntity, underPath, userKind } from './entity.ts'
import { alreadyExists, deleteConflict, validationError } from './errors.ts'
import { findPolicy } from './find-policy.ts'
import { accessKeys, iamArn, type UserRow, users } from './state.ts'
import { tagList, tagMap } from './tags.ts'

export const createUser = operation<Iam.CreateUserRequest, Iam.CreateUserResponse>({
  name: 'CreateUser',
  access: (input, call) => {
    const tags = tagMap(input.Tags)
    const check: AccessCheck = {
      action: 'iam:CreateUser',
      resource: iamArn(call, `user${input.Path ?? '/'}${input.UserName}`),
      requestTags: tags,
      context: { 'iam:PermissionsBoundary': input.PermissionsBoundary },
    }
    return Object.keys(tags).length > 0 ? [check, { ...check, action: 'iam:TagUser' }] : [check]
  },
  handle: (input, call) => {
    const name = input.UserName ?? ''
    if (isTaken(users(call), name)) throw alreadyExists(`User with name ${name} already exists.`)
    const path = input.Path ?? '/'
    const row: UserRow = {
      name,
      path,
      id: uniqueId('AIDA'),
      arn: iamArn(call, `user${path}${name}`),
      account: call.account,
      createdAt: call.now.toISOString(),
      boundary: input.PermissionsBoundary && findPolicy(call, input.PermissionsBoundary).arn,
      tags: tagMap(input.Tags),
      inline: {},
      attached: [],
    }
    users(call).put(name, row)
    return { User: userDetails(row) }
  },
})

export const getUser = operation<Iam.GetUserRequest, Iam.GetUserResponse>({
  name: 'GetUser',
  access: (input, call) => [onEntity(userKind, 'GetUser', { UserName: nameOf(input, call) }, call)],
  handle: (input, call) => ({ User: userDetails(findEntity(userKind, { UserName: nameOf(input, call) }, call)) }),
})

/** Without a name the caller is meant (IAM API Reference, GetUser). */
function nameOf(input: Iam.GetUserRequest, { principal }: Call): string {
  if (input.UserName !== undefined) return input.UserName
  if (principal.type === 'user') return principal.userName
  throw validationError('Must specify userName when calling with non-User credentials')
}

export const listUsers = operation<Iam.ListUsersRequest, Iam.ListUsersResponse>({
  name: 'ListUsers',
  access: (input, call) => [{ action: 'iam:ListUsers', resource: iamArn(call, `user${input.PathPrefix ?? '/'}`) }],
  handle: (input, call) => ({ Users: underPath(users(call).values(), input.PathPrefix).map(userDetails) }),
})

export const deleteUser = operation<Iam.DeleteUserRequest, object>({
  name: 'DeleteUser',
  access: (input, call) => [onEntity(userKind, 'DeleteUser', { ...input }, call)],
  handle: (input, call) => {
    const row = findEntity(userKind, { ...input }, call)
    if (row.attached.length > 0) throw deleteConflict('Cannot delete entity, must detach all policies first.')
    if (Object.keys(row.inline).length > 0) throw deleteConflict('Cannot delete entity, must delete policies first.')
    if ([...accessKeys(call).values()].some((key) => key.userName === row.name)) {
      throw deleteConflict('Cannot delete entity, must delete access keys first.')
    }
    users(call).delete(row.name)
    return {}
  },
})

export const listGroupsForUser = operation<Iam.ListGroupsForUserRequest, Iam.ListGroupsForUserResponse>({
  name: 'ListGroupsForUser',
  access: (input, call) => [onEntity(userKind, 'ListGroupsForUser', { ...input }, call)],
  handle: (input, call) => {
    findEntity(userKind, { ...input }, call)
    return { Groups: [] }
  },
})

export function userDetails(row: UserRow): Iam.User {
  return {
    Path: row.path,
    UserName: row.name,
    UserId: row.id,
    Arn: row.arn,
    CreateDate: new Date(row.createdAt),
    ...(row.boundary === undefined
      ? {}
      : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy' as never, PermissionsBoundaryArn: row.boundary } }),
    ...(Object.keys(row.tags).length > 0 ? { Tags: tagList(row.tags) } : {}),
  }
}
