import type { ProviderWay } from './way.ts'

const saml = 'IAM User Guide, "Create a SAML identity provider in IAM"'
const oidc = 'IAM User Guide, "Create an OpenID Connect (OIDC) identity provider in IAM"'

/** Who writes a provider's metadata or keys, or makes the provider anew, says who its users are. */
export const providerWays: readonly ProviderWay[] = [
  { provider: 'saml-provider', needs: ['iam:UpdateSAMLProvider'], source: saml },
  { provider: 'saml-provider', needs: ['iam:CreateSAMLProvider'], missing: true, source: saml },
  { provider: 'saml-provider', needs: ['iam:DeleteSAMLProvider', 'iam:CreateSAMLProvider'], source: saml },
  { provider: 'oidc-provider', needs: ['iam:UpdateOpenIDConnectProviderThumbprint'], source: oidc },
  { provider: 'oidc-provider', needs: ['iam:AddClientIDToOpenIDConnectProvider'], source: oidc },
  { provider: 'oidc-provider', needs: ['iam:CreateOpenIDConnectProvider'], missing: true, source: oidc },
  {
    provider: 'oidc-provider',
    needs: ['iam:DeleteOpenIDConnectProvider', 'iam:CreateOpenIDConnectProvider'],
    source: oidc,
  },
]
