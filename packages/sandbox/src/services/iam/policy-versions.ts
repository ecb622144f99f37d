import type * as Iam from '@aws-sdk/client-iam'
import { type Call, operation } from '../../kernel/operation.ts'
import { checkIdentityPolicy, encoded } from './documents.ts'
import { deleteConflict, noSuchEntity } from './errors.ts'
import { findOwnPolicy, findPolicy, onPolicy } from './find-policy.ts'
import { checkManagedSize, checkVersionCount } from './quotas.ts'
import { type PolicyRow, type PolicyVersion, policies } from './state.ts'

export const createPolicyVersion = operation<Iam.CreatePolicyVersionRequest, Iam.CreatePolicyVersionResponse>({
  name: 'CreatePolicyVersion',
  access: (input, call) => [onPolicy(call, 'CreatePolicyVersion', input.PolicyArn ?? '')],
  handle: (input, call) => {
    const row = findOwnPolicy(call, input.PolicyArn ?? '')
    const document = input.PolicyDocument ?? ''
    checkIdentityPolicy(document)
    checkManagedSize(document)
    checkVersionCount(row.versions.length)
    const lastVersion = row.lastVersion + 1
    const version = { id: `v${lastVersion}`, document, createdAt: call.now.toISOString() }
    const changed: PolicyRow = {
      ...row,
      lastVersion,
      versions: [version, ...row.versions],
      defaultVersion: input.SetAsDefault ? version.id : row.defaultVersion,
      updatedAt: version.createdAt,
    }
    policies(call).put(row.arn, changed)
    return { PolicyVersion: summary(version, changed) }
  },
})

export const getPolicyVersion = operation<Iam.GetPolicyVersionRequest, Iam.GetPolicyVersionResponse>({
  name: 'GetPolicyVersion',
  access: (input, call) => [onPolicy(call, 'GetPolicyVersion', input.PolicyArn ?? '')],
  handle: (input, call) => {
    const row = findPolicy(call, input.PolicyArn ?? '')
    const version = findVersion(row, input.VersionId ?? '')
    return { PolicyVersion: { ...summary(version, row), Document: encoded(version.document) } }
  },
})

export const listPolicyVersions = operation<Iam.ListPolicyVersionsRequest, Iam.ListPolicyVersionsResponse>({
  name: 'ListPolicyVersions',
  access: (input, call) => [onPolicy(call, 'ListPolicyVersions', input.PolicyArn ?? '')],
  handle: (input, call) => {
    const row = findPolicy(call, input.PolicyArn ?? '')
    return { Versions: row.versions.map((version) => summary(version, row)) }
  },
})

export const deletePolicyVersion = operation<Iam.DeletePolicyVersionRequest, object>({
  name: 'DeletePolicyVersion',
  access: (input, call) => [onPolicy(call, 'DeletePolicyVersion', input.PolicyArn ?? '')],
  handle: (input, call) => {
    const { row, version } = owned(input, call)
    if (version.id === row.defaultVersion) throw deleteConflict('Cannot delete the default version of a policy.')
    policies(call).put(row.arn, { ...row, versions: row.versions.filter(({ id }) => id !== version.id) })
    return {}
  },
})

export const setDefaultPolicyVersion = operation<Iam.SetDefaultPolicyVersionRequest, object>({
  name: 'SetDefaultPolicyVersion',
  access: (input, call) => [onPolicy(call, 'SetDefaultPolicyVersion', input.PolicyArn ?? '')],
  handle: (input, call) => {
    const { row, version } = owned(input, call)
    policies(call).put(row.arn, { ...row, defaultVersion: version.id, updatedAt: call.now.toISOString() })
    return {}
  },
})

function owned(input: { PolicyArn?: string | undefined; VersionId?: string | undefined }, call: Call) {
  const row = findOwnPolicy(call, input.PolicyArn ?? '')
  return { row, version: findVersion(row, input.VersionId ?? '') }
}

function findVersion(row: PolicyRow, id: string): PolicyVersion {
  const version = row.versions.find((candidate) => candidate.id === id)
  if (version) return version
  throw noSuchEntity(`Policy ${row.arn} version ${id} does not exist or is not attachable.`)
}

function summary(version: PolicyVersion, row: PolicyRow): Iam.PolicyVersion {
  return {
    VersionId: version.id,
    IsDefaultVersion: version.id === row.defaultVersion,
    CreateDate: new Date(version.createdAt),
  }
}
