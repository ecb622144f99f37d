import type * as Organizations from '@aws-sdk/client-organizations'
import { AwsError } from '../../kernel/aws-error.ts'
import { operation } from '../../kernel/operation.ts'
import { demandManagement, onId } from './access.ts'
import { accountNotFound, parentNotFound, unitNotFound } from './errors.ts'
import { fullAccess } from './full-access.ts'
import { accounts, attachmentKey, attachments, type UnitRow, units } from './state.ts'
import { tagMap } from './tag-map.ts'

export const createOrganizationalUnit = operation<
  Organizations.CreateOrganizationalUnitRequest,
  Organizations.CreateOrganizationalUnitResponse
>({
  name: 'CreateOrganizationalUnit',
  access: (input, call) => [
    { ...onId(call, 'CreateOrganizationalUnit', input.ParentId ?? ''), requestTags: tagMap(input.Tags) },
  ],
  handle: (input, call) => {
    const organization = demandManagement(call)
    const parent = input.ParentId ?? ''
    if (!units(call).has(parent)) throw parentNotFound()
    if ([...units(call).values()].some((unit) => unit.parent === parent && unit.name === input.Name)) {
      throw new AwsError('DuplicateOrganizationalUnitException', 'An OU with the same name already exists.')
    }
    const id = `ou-${organization.rootId.slice(2)}-${call.id(8)}`
    const row: UnitRow = {
      id,
      arn: `arn:${call.partition}:organizations::${organization.managementAccount}:ou/${organization.id}/${id}`,
      name: input.Name ?? '',
      parent,
      tags: tagMap(input.Tags),
    }
    units(call).put(id, row)
    for (const type of organization.enabledTypes) {
      const policyId = fullAccess[type].id
      attachments(call).put(attachmentKey(policyId, id), { policyId, targetId: id, type })
    }
    return { OrganizationalUnit: { Id: id, Arn: row.arn, Name: row.name } }
  },
})

export const deleteOrganizationalUnit = operation<Organizations.DeleteOrganizationalUnitRequest, object>({
  name: 'DeleteOrganizationalUnit',
  access: (input, call) => [onId(call, 'DeleteOrganizationalUnit', input.OrganizationalUnitId ?? '')],
  handle: (input, call) => {
    demandManagement(call)
    const id = input.OrganizationalUnitId ?? ''
    if (units(call).get(id)?.parent === undefined) throw unitNotFound()
    const children = [...units(call).values(), ...accounts(call).values()].filter((child) => child.parent === id)
    if (children.length > 0) {
      throw new AwsError('OrganizationalUnitNotEmptyException', 'The specified OU is not empty.')
    }
    units(call).delete(id)
    for (const [key, row] of [...attachments(call).entries()]) if (row.targetId === id) attachments(call).delete(key)
    return {}
  },
})

export const moveAccount = operation<Organizations.MoveAccountRequest, object>({
  name: 'MoveAccount',
  access: (input, call) => [
    onId(call, 'MoveAccount', input.AccountId ?? ''),
    onId(call, 'MoveAccount', input.SourceParentId ?? ''),
    onId(call, 'MoveAccount', input.DestinationParentId ?? ''),
  ],
  handle: (input, call) => {
    demandManagement(call)
    const row = accounts(call).get(input.AccountId ?? '')
    if (!row) throw accountNotFound()
    if (row.parent !== input.SourceParentId) {
      throw new AwsError('SourceParentNotFoundException', "You specified a source parent that doesn't exist.")
    }
    const parent = input.DestinationParentId ?? ''
    if (!units(call).has(parent)) {
      throw new AwsError('DestinationParentNotFoundException', "You specified a destination parent that doesn't exist.")
    }
    accounts(call).put(row.id, { ...row, parent })
    return {}
  },
})
