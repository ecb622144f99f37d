import type * as Organizations from '@aws-sdk/client-organizations'
import { type Call, operation } from '../../kernel/operation.ts'
import { anyResource, demandManagement, onId, organization } from './access.ts'
import { accountNotFound, childNotFound, parentNotFound, unitNotFound } from './errors.ts'
import { type AccountRow, accounts, type OrganizationRow, type UnitRow, units } from './state.ts'

export const describeOrganization = operation<object, Organizations.DescribeOrganizationResponse>({
  name: 'DescribeOrganization',
  access: () => anyResource('DescribeOrganization'),
  handle: (_input, call) => {
    const row = organization(call)
    const account = `arn:${call.partition}:organizations::${row.managementAccount}:account/${row.id}/${row.managementAccount}`
    return {
      Organization: {
        Id: row.id,
        Arn: row.arn,
        FeatureSet: 'ALL',
        MasterAccountArn: account,
        MasterAccountId: row.managementAccount,
        MasterAccountEmail: row.managementEmail,
        AvailablePolicyTypes: row.enabledTypes.map((Type) => ({ Type, Status: 'ENABLED' as const })),
      },
    }
  },
})

export const describeAccount = operation<Organizations.DescribeAccountRequest, Organizations.DescribeAccountResponse>({
  name: 'DescribeAccount',
  access: (input, call) => [onId(call, 'DescribeAccount', input.AccountId ?? '')],
  handle: (input, call) => {
    demandManagement(call)
    const row = accounts(call).get(input.AccountId ?? '')
    if (!row) throw accountNotFound()
    return { Account: accountDetails(row) }
  },
})

export const describeOrganizationalUnit = operation<
  Organizations.DescribeOrganizationalUnitRequest,
  Organizations.DescribeOrganizationalUnitResponse
>({
  name: 'DescribeOrganizationalUnit',
  access: (input, call) => [onId(call, 'DescribeOrganizationalUnit', input.OrganizationalUnitId ?? '')],
  handle: (input, call) => {
    demandManagement(call)
    const row = units(call).get(input.OrganizationalUnitId ?? '')
    if (row?.parent === undefined) throw unitNotFound()
    return { OrganizationalUnit: unitDetails(row) }
  },
})

export const listAccounts = operation<object, Organizations.ListAccountsResponse>({
  name: 'ListAccounts',
  access: () => anyResource('ListAccounts'),
  handle: (_input, call) => {
    demandManagement(call)
    return { Accounts: [...accounts(call).values()].map(accountDetails) }
  },
})

export const listRoots = operation<object, Organizations.ListRootsResponse>({
  name: 'ListRoots',
  access: () => anyResource('ListRoots'),
  handle: (_input, call) => {
    const row = demandManagement(call)
    return { Roots: [rootDetails(row, units(call).get(row.rootId) as UnitRow)] }
  },
})

function rootDetails(organizationRow: OrganizationRow, root: UnitRow): Organizations.Root {
  return {
    Id: root.id,
    Arn: root.arn,
    Name: root.name,
    PolicyTypes: organizationRow.enabledTypes.map((Type) => ({ Type, Status: 'ENABLED' as const })),
  }
}

function demandParent(call: Call, id: string): void {
  demandManagement(call)
  if (!units(call).has(id)) throw parentNotFound()
}

const unitsIn = (call: Call, parent: string) => [...units(call).values()].filter((unit) => unit.parent === parent)
const accountsIn = (call: Call, parent: string) =>
  [...accounts(call).values()].filter((account) => account.parent === parent)

export const listAccountsForParent = operation<
  Organizations.ListAccountsForParentRequest,
  Organizations.ListAccountsForParentResponse
>({
  name: 'ListAccountsForParent',
  access: (input, call) => [onId(call, 'ListAccountsForParent', input.ParentId ?? '')],
  handle: (input, call) => {
    demandParent(call, input.ParentId ?? '')
    return { Accounts: accountsIn(call, input.ParentId ?? '').map(accountDetails) }
  },
})

export const listOrganizationalUnitsForParent = operation<
  Organizations.ListOrganizationalUnitsForParentRequest,
  Organizations.ListOrganizationalUnitsForParentResponse
>({
  name: 'ListOrganizationalUnitsForParent',
  access: (input, call) => [onId(call, 'ListOrganizationalUnitsForParent', input.ParentId ?? '')],
  handle: (input, call) => {
    demandParent(call, input.ParentId ?? '')
    return { OrganizationalUnits: unitsIn(call, input.ParentId ?? '').map(unitDetails) }
  },
})

export const listChildren = operation<Organizations.ListChildrenRequest, Organizations.ListChildrenResponse>({
  name: 'ListChildren',
  access: (input, call) => [onId(call, 'ListChildren', input.ParentId ?? '')],
  handle: (input, call) => {
    const parent = input.ParentId ?? ''
    demandParent(call, parent)
    const Type = input.ChildType ?? 'ACCOUNT'
    const children = Type === 'ACCOUNT' ? accountsIn(call, parent) : unitsIn(call, parent)
    return { Children: children.map(({ id }) => ({ Id: id, Type })) }
  },
})

export const listParents = operation<Organizations.ListParentsRequest, Organizations.ListParentsResponse>({
  name: 'ListParents',
  access: (input, call) => [onId(call, 'ListParents', input.ChildId ?? '')],
  handle: (input, call) => {
    const organizationRow = demandManagement(call)
    const id = input.ChildId ?? ''
    const parent = accounts(call).get(id)?.parent ?? units(call).get(id)?.parent
    if (parent === undefined) throw childNotFound()
    return { Parents: [{ Id: parent, Type: parent === organizationRow.rootId ? 'ROOT' : 'ORGANIZATIONAL_UNIT' }] }
  },
})

function accountDetails(row: AccountRow): Organizations.Account {
  return {
    Id: row.id,
    Arn: row.arn,
    Name: row.name,
    Email: row.email,
    Status: 'ACTIVE',
    State: 'ACTIVE',
    JoinedMethod: 'CREATED',
    JoinedTimestamp: new Date(row.joinedAt),
  }
}

const unitDetails = (row: UnitRow): Organizations.OrganizationalUnit => ({ Id: row.id, Arn: row.arn, Name: row.name })
