import type { DeleteDomainRequest, DescribeDomainRequest } from '@aws-sdk/client-sagemaker'
import { operation } from '../../kernel/operation.ts'
import { onResource } from './access.ts'
import { resourceInUse } from './errors.ts'
import { describe, list } from './plain-operations.ts'
import { find, resourceArn, rows } from './resource.ts'
import { isReady } from './settling.ts'
import { type DomainRow, domains, spaces, userProfiles } from './studio-kinds.ts'
import { forgetTags } from './tag-store.ts'

const view = (row: DomainRow, now: Date) => ({
  ...row,
  Status: isReady(row, now) ? 'InService' : row.CreationTime === row.LastModifiedTime ? 'Pending' : 'Updating',
})

export const describeDomain = describe<DescribeDomainRequest, DomainRow>(domains, (input) => input.DomainId ?? '', view)

export const listDomains = list(domains, {
  name: 'ListDomains',
  member: 'Domains',
  nameOf: (row) => row.DomainName ?? '',
  createdAt: (row) => row.CreationTime ?? '',
  view,
})

export const deleteDomain = operation<DeleteDomainRequest, object>({
  name: 'DeleteDomain',
  access: (input, call) => [onResource(call, 'DeleteDomain', resourceArn(domains, call, input.DomainId ?? ''))],
  handle: (input, call) => {
    const id = input.DomainId ?? ''
    const row = find(domains, call, id)
    for (const kind of [userProfiles, spaces])
      if ([...rows<{ DomainId?: string | undefined }>(kind, call).values()].some((each) => each.DomainId === id))
        throw resourceInUse(`Unable to delete Domain [${id}] because ${kind.name}(s) are associated with it.`)
    rows(domains, call).delete(id)
    forgetTags(call, row.DomainArn ?? '')
    return {}
  },
})
