import type {
  GrantListEntry,
  ListGrantsRequest,
  ListGrantsResponse,
  ListRetirableGrantsRequest,
} from '@aws-sdk/client-kms'
import { operation } from '../../kernel/operation.ts'
import { keyAccess } from './access.ts'
import { findKey } from './find-key.ts'
import { type GrantRow, grants, grantsOf } from './state.ts'

export const listGrants = operation<ListGrantsRequest, ListGrantsResponse>({
  name: 'ListGrants',
  access: (input, call) => [keyAccess(call, 'kms:ListGrants', input.KeyId ?? '')],
  handle: (input, call) => {
    const wanted = grantsOf(call, findKey(call, input.KeyId ?? ''))
      .filter((grant) => input.GrantId === undefined || grant.id === input.GrantId)
      .filter((grant) => input.GranteePrincipal === undefined || grant.granteePrincipal === input.GranteePrincipal)
    return { Grants: wanted.map(listEntry) }
  },
})

export const listRetirableGrants = operation<ListRetirableGrantsRequest, ListGrantsResponse>({
  name: 'ListRetirableGrants',
  access: () => [{ action: 'kms:ListRetirableGrants', resource: '*' }],
  handle: (input, call) => {
    const wanted = [...grants(call).values()].filter((grant) => grant.retiringPrincipal === input.RetiringPrincipal)
    return { Grants: wanted.map(listEntry) }
  },
})

function listEntry(grant: GrantRow): GrantListEntry {
  const { encryptionContextEquals: equals, encryptionContextSubset: subset } = grant.constraints ?? {}
  return {
    KeyId: grant.keyArn,
    GrantId: grant.id,
    Name: grant.name ?? '',
    CreationDate: new Date(grant.createdAt),
    GranteePrincipal: grant.granteePrincipal,
    IssuingAccount: grant.issuingAccount,
    Operations: grant.operations as NonNullable<GrantListEntry['Operations']>,
    ...(grant.retiringPrincipal ? { RetiringPrincipal: grant.retiringPrincipal } : {}),
    ...(grant.constraints
      ? {
          Constraints: {
            ...(equals ? { EncryptionContextEquals: equals } : {}),
            ...(subset ? { EncryptionContextSubset: subset } : {}),
          },
        }
      : {}),
  }
}
