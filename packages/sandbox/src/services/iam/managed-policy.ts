import type * as Iam from '@aws-sdk/client-iam'
import { uniqueId } from '../../kernel/credentials.ts'
import { type AccessCheck, type Call, operation } from '../../kernel/operation.ts'
import { awsManagedPolicies } from './aws-managed.ts'
import { checkIdentityPolicy } from './documents.ts'
import { underPath } from './entity.ts'
import { alreadyExists, deleteConflict } from './errors.ts'
import { findOwnPolicy, findPolicy, onPolicy } from './find-policy.ts'
import { checkManagedSize } from './quotas.ts'
import { iamArn, type PolicyRow, policies, roles, users } from './state.ts'
import { tagList, tagMap, withoutTags, withTags } from './tags.ts'

export const createPolicy = operation<Iam.CreatePolicyRequest, Iam.CreatePolicyResponse>({
  name: 'CreatePolicy',
  access: (input, call) => {
    const tags = tagMap(input.Tags)
    const resource = iamArn(call, `policy${input.Path ?? '/'}${input.PolicyName}`)
    const check: AccessCheck = { action: 'iam:CreatePolicy', resource, requestTags: tags }
    return Object.keys(tags).length > 0 ? [check, { ...check, action: 'iam:TagPolicy' }] : [check]
  },
  handle: (input, call) => {
    const name = input.PolicyName ?? ''
    const document = input.PolicyDocument ?? ''
    for (const policy of policies(call).values()) {
      if (policy.name.toLowerCase() !== name.toLowerCase()) continue
      throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`)
    }
    checkIdentityPolicy(document)
    checkManagedSize(document)
    const path = input.Path ?? '/'
    const createdAt = call.now.toISOString()
    const row: PolicyRow = {
      name,
      path,
      id: uniqueId('ANPA'),
      arn: iamArn(call, `policy${path}${name}`),
      description: input.Description,
      defaultVersion: 'v1',
      versions: [{ id: 'v1', document, createdAt }],
      lastVersion: 1,
      createdAt,
      updatedAt: createdAt,
      tags: tagMap(input.Tags),
    }
    policies(call).put(row.arn, row)
    return { Policy: policyDetails(row, call) }
  },
})

export const getPolicy = operation<Iam.GetPolicyRequest, Iam.GetPolicyResponse>({
  name: 'GetPolicy',
  access: (input, call) => [onPolicy(call, 'GetPolicy', input.PolicyArn ?? '')],
  handle: (input, call) => ({ Policy: policyDetails(findPolicy(call, input.PolicyArn ?? ''), call) }),
})

export const deletePolicy = operation<Iam.DeletePolicyRequest, object>({
  name: 'DeletePolicy',
  access: (input, call) => [onPolicy(call, 'DeletePolicy', input.PolicyArn ?? '')],
  handle: (input, call) => {
    const row = findOwnPolicy(call, input.PolicyArn ?? '')
    const { attachments, boundaries } = usesOf(row.arn, call)
    if (attachments + boundaries > 0) throw deleteConflict('Cannot delete a policy attached to entities.')
    if (row.versions.length > 1) {
      throw deleteConflict(
        "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
      )
    }
    policies(call).delete(row.arn)
    return {}
  },
})

export const listPolicies = operation<Iam.ListPoliciesRequest, Iam.ListPoliciesResponse>({
  name: 'ListPolicies',
  access: (_input, call) => [{ action: 'iam:ListPolicies', resource: iamArn(call, 'policy/') }],
  handle: (input, call) => {
    const own = input.Scope === 'AWS' ? [] : [...policies(call).values()]
    const aws = input.Scope === 'Local' ? [] : awsManagedPolicies()
    const found = underPath([...own, ...aws], input.PathPrefix).map((row) => policyDetails(row, call))
    return {
      Policies: found.filter((policy) => {
        if (input.PolicyUsageFilter === 'PermissionsBoundary') return (policy.PermissionsBoundaryUsageCount ?? 0) > 0
        return !(input.OnlyAttached || input.PolicyUsageFilter) || (policy.AttachmentCount ?? 0) > 0
      }),
    }
  },
})

export const listEntitiesForPolicy = operation<Iam.ListEntitiesForPolicyRequest, Iam.ListEntitiesForPolicyResponse>({
  name: 'ListEntitiesForPolicy',
  access: (input, call) => [onPolicy(call, 'ListEntitiesForPolicy', input.PolicyArn ?? '')],
  handle: (input, call) => {
    const { arn } = findPolicy(call, input.PolicyArn ?? '')
    const asBoundary = input.PolicyUsageFilter === 'PermissionsBoundary'
    const uses = (row: { attached: string[]; boundary?: string | undefined }) =>
      asBoundary ? row.boundary === arn : row.attached.includes(arn)
    const wanted = (kind: string) => input.EntityFilter === undefined || input.EntityFilter === kind
    return {
      PolicyGroups: [],
      PolicyRoles: wanted('Role')
        ? [...roles(call).values()].filter(uses).map((row) => ({ RoleName: row.name, RoleId: row.id }))
        : [],
      PolicyUsers: wanted('User')
        ? [...users(call).values()].filter(uses).map((row) => ({ UserName: row.name, UserId: row.id }))
        : [],
    }
  },
})

export const tagPolicy = operation<Iam.TagPolicyRequest, object>({
  name: 'TagPolicy',
  access: (input, call) => [{ ...onPolicy(call, 'TagPolicy', input.PolicyArn ?? ''), requestTags: tagMap(input.Tags) }],
  handle: (input, call) => {
    const row = findOwnPolicy(call, input.PolicyArn ?? '')
    policies(call).put(row.arn, { ...row, tags: withTags(row.tags, tagMap(input.Tags)) })
    return {}
  },
})

export const untagPolicy = operation<Iam.UntagPolicyRequest, object>({
  name: 'UntagPolicy',
  access: (input, call) => [{ ...onPolicy(call, 'UntagPolicy', input.PolicyArn ?? ''), tagKeys: input.TagKeys }],
  handle: (input, call) => {
    const row = findOwnPolicy(call, input.PolicyArn ?? '')
    policies(call).put(row.arn, { ...row, tags: withoutTags(row.tags, input.TagKeys ?? []) })
    return {}
  },
})

export const listPolicyTags = operation<Iam.ListPolicyTagsRequest, Iam.ListPolicyTagsResponse>({
  name: 'ListPolicyTags',
  access: (input, call) => [onPolicy(call, 'ListPolicyTags', input.PolicyArn ?? '')],
  handle: (input, call) => ({ Tags: tagList(findPolicy(call, input.PolicyArn ?? '').tags) }),
})

function usesOf(arn: string, call: Call): { attachments: number; boundaries: number } {
  let attachments = 0
  let boundaries = 0
  for (const row of [...roles(call).values(), ...users(call).values()]) {
    if (row.attached.includes(arn)) attachments++
    if (row.boundary === arn) boundaries++
  }
  return { attachments, boundaries }
}

export function policyDetails(row: PolicyRow, call: Call): Iam.Policy {
  const { attachments, boundaries } = usesOf(row.arn, call)
  return {
    PolicyName: row.name,
    PolicyId: row.id,
    Arn: row.arn,
    Path: row.path,
    DefaultVersionId: row.defaultVersion,
    AttachmentCount: attachments,
    PermissionsBoundaryUsageCount: boundaries,
    IsAttachable: true,
    ...(row.description === undefined ? {} : { Description: row.description }),
    CreateDate: new Date(row.createdAt),
    UpdateDate: new Date(row.updatedAt),
    Tags: tagList(row.tags),
  }
}
