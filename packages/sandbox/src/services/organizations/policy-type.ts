import type * as Organizations from '@aws-sdk/client-organizations'
import { AwsError } from '../../kernel/aws-error.ts'
import { type Call, operation } from '../../kernel/operation.ts'
import { demandManagement, onId } from './access.ts'
import { rootNotFound } from './errors.ts'
import { fullAccess } from './full-access.ts'
import { typeOf } from './policy.ts'
import {
  accounts,
  attachmentKey,
  attachments,
  type OrganizationRow,
  organizationKey,
  organizations,
  type PolicyType,
  units,
} from './state.ts'

const access =
  (action: string) => (input: { RootId?: string | undefined; PolicyType?: string | undefined }, call: Call) => [
    onId(call, action, input.RootId ?? '', { 'organizations:PolicyType': input.PolicyType }),
  ]

export const enablePolicyType = operation<
  Organizations.EnablePolicyTypeRequest,
  Organizations.EnablePolicyTypeResponse
>({
  name: 'EnablePolicyType',
  access: access('EnablePolicyType'),
  handle: (input, call) => {
    const row = demandRoot(call, input.RootId)
    const type = typeOf(input.PolicyType)
    if (row.enabledTypes.includes(type)) {
      throw new AwsError(
        'PolicyTypeAlreadyEnabledException',
        'The specified policy type is already enabled in the specified root.',
      )
    }
    attachFullAccess(call, type)
    return changed(call, row, [...row.enabledTypes, type])
  },
})

export const disablePolicyType = operation<
  Organizations.DisablePolicyTypeRequest,
  Organizations.DisablePolicyTypeResponse
>({
  name: 'DisablePolicyType',
  access: access('DisablePolicyType'),
  handle: (input, call) => {
    const row = demandRoot(call, input.RootId)
    const type = typeOf(input.PolicyType)
    if (!row.enabledTypes.includes(type)) {
      throw new AwsError(
        'PolicyTypeNotEnabledException',
        "The specified policy type isn't currently enabled in this root.",
      )
    }
    for (const [key, attachment] of [...attachments(call).entries()]) {
      if (attachment.type === type) attachments(call).delete(key)
    }
    const kept = row.enabledTypes.filter((enabled) => enabled !== type)
    return changed(call, row, kept)
  },
})

function demandRoot(call: Call, rootId: string | undefined): OrganizationRow {
  const row = demandManagement(call)
  if (rootId !== row.rootId) throw rootNotFound()
  return row
}

/** Organizations attaches its full-access policy everywhere when a type is enabled. */
function attachFullAccess(call: Call, type: PolicyType): void {
  const policyId = fullAccess[type].id
  for (const { id } of [...units(call).values(), ...accounts(call).values()]) {
    attachments(call).put(attachmentKey(policyId, id), { policyId, targetId: id, type })
  }
}

function changed(call: Call, row: OrganizationRow, enabledTypes: PolicyType[]) {
  organizations(call).put(organizationKey, { ...row, enabledTypes })
  const root = units(call).get(row.rootId)
  return {
    Root: {
      Id: row.rootId,
      Arn: root?.arn,
      Name: root?.name,
      PolicyTypes: enabledTypes.map((Type) => ({ Type, Status: 'ENABLED' as const })),
    },
  }
}
