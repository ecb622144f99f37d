import type * as Iam from '@aws-sdk/client-iam'
import { type Call, operation } from '../../kernel/operation.ts'
import { alreadyExists, invalidInput, noSuchEntity } from './errors.ts'
import { iamArn, type OidcProviderRow, oidcProviders } from './state.ts'
import { tagList, tagMap } from './tags.ts'

export const createOpenIdConnectProvider = operation<
  Iam.CreateOpenIDConnectProviderRequest,
  Iam.CreateOpenIDConnectProviderResponse
>({
  name: 'CreateOpenIDConnectProvider',
  access: (input, call) => [
    {
      action: 'iam:CreateOpenIDConnectProvider',
      resource: arnOf(input.Url ?? '', call),
      requestTags: tagMap(input.Tags),
    },
  ],
  handle: (input, call) => {
    const url = input.Url ?? ''
    // AWS demands https; the sandbox's own tenant is reached on localhost, without TLS.
    if (!/^https:\/\/|^http:\/\/(127\.0\.0\.1|localhost)[:/]/.test(url)) {
      throw invalidInput('Invalid Open ID Connect Provider URL')
    }
    const arn = arnOf(url, call)
    if (oidcProviders(call).has(arn)) throw alreadyExists(`Provider with url ${url} already exists.`)
    const row: OidcProviderRow = {
      arn,
      url,
      clientIds: input.ClientIDList ?? [],
      thumbprints: input.ThumbprintList ?? [],
      createdAt: call.now.toISOString(),
      tags: tagMap(input.Tags),
    }
    oidcProviders(call).put(arn, row)
    return { OpenIDConnectProviderArn: arn, Tags: tagList(row.tags) }
  },
})

export const getOpenIdConnectProvider = operation<
  Iam.GetOpenIDConnectProviderRequest,
  Iam.GetOpenIDConnectProviderResponse
>({
  name: 'GetOpenIDConnectProvider',
  access: (input) => [{ action: 'iam:GetOpenIDConnectProvider', resource: input.OpenIDConnectProviderArn ?? '*' }],
  handle: (input, call) => {
    const row = find(input.OpenIDConnectProviderArn ?? '', call)
    return {
      Url: row.url.replace(/^https?:\/\//, ''),
      ClientIDList: row.clientIds,
      ThumbprintList: row.thumbprints,
      CreateDate: new Date(row.createdAt),
      Tags: tagList(row.tags),
    }
  },
})

export const listOpenIdConnectProviders = operation<
  Iam.ListOpenIDConnectProvidersRequest,
  Iam.ListOpenIDConnectProvidersResponse
>({
  name: 'ListOpenIDConnectProviders',
  access: (_input, call) => [{ action: 'iam:ListOpenIDConnectProviders', resource: iamArn(call, 'oidc-provider/*') }],
  handle: (_input, call) => ({
    OpenIDConnectProviderList: [...oidcProviders(call).values()].map(({ arn }) => ({ Arn: arn })),
  }),
})

export const deleteOpenIdConnectProvider = operation<Iam.DeleteOpenIDConnectProviderRequest, object>({
  name: 'DeleteOpenIDConnectProvider',
  access: (input) => [{ action: 'iam:DeleteOpenIDConnectProvider', resource: input.OpenIDConnectProviderArn ?? '*' }],
  handle: (input, call) => {
    oidcProviders(call).delete(find(input.OpenIDConnectProviderArn ?? '', call).arn)
    return {}
  },
})

const arnOf = (url: string, call: Call) => iamArn(call, `oidc-provider/${url.replace(/^https?:\/\//, '')}`)

function find(arn: string, call: Call): OidcProviderRow {
  const row = oidcProviders(call).get(arn)
  if (row) return row
  throw noSuchEntity(`OpenIDConnect Provider not found for arn ${arn}`)
}
