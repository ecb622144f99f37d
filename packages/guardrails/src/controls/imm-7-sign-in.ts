import type { Control } from '../control.ts'
import { nobody, stays } from '../invariant.ts'
import { iamArn } from '../names.ts'
import { exempt } from '../promise.ts'
import { but, deny, inPlaces } from '../statement.ts'

const editProviders = [
  'iam:AddClientIDToOpenIDConnectProvider',
  'iam:CreateOpenIDConnectProvider',
  'iam:CreateSAMLProvider',
  'iam:DeleteOpenIDConnectProvider',
  'iam:DeleteSAMLProvider',
  'iam:RemoveClientIDFromOpenIDConnectProvider',
  'iam:UpdateOpenIDConnectProviderThumbprint',
  'iam:UpdateSAMLProvider',
]

export const signIn: Control = {
  id: 'IMM-7',
  title: 'Ways to sign in stay as they are',
  category: 'immutability',
  words:
    'Whoever changes an identity provider can become every role that trusts it, your break-glass role among them. Only ' +
    'the break-glass role adds, changes or removes one.',
  enforcedBy: ['scp'],
  limits: [
    'It concerns every SAML and OpenID Connect provider of the account: which of them your break-glass role trusts can ' +
      'change.',
    'IAM Identity Center keeps its own provider through a service-linked role, which no guardrail binds.',
  ],
  sources: ['IAM User Guide, Identity providers and federation into AWS', 'IAM API Reference, UpdateSAMLProvider'],
  statements: (params) =>
    inPlaces(
      ['scp'],
      deny('IMM7ProvidersStay', { Action: editProviders, Resource: '*', Condition: but(params, 'break-glass') }),
    ),
  invariants: (params) => [
    nobody('IMM-7/providers', editProviders, { but: exempt(params) }),
    stays(
      'IMM-7/owner',
      params.breakGlassPrincipal,
      'iam:UpdateSAMLProvider',
      iamArn(params, params.awsAccountId, 'saml-provider/x'),
    ),
  ],
}
