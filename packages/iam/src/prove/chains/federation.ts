import type { ProofRequest } from '../bundle.ts'
import type { Asker } from './asker.ts'
import { inTurn } from './steps.ts'
import { stranger } from './strangers.ts'
import type { Target } from './target.ts'
import { trusted } from './trust.ts'
import { providerWays } from './ways/providers.ts'

/** Steps by which somebody controls a provider of the account that the role trusts, and signs in with it. */
export function throughProvider(asker: Asker, { arn: role, listed }: Target): readonly ProofRequest[] | undefined {
  const { account } = asker.world.bundle
  for (const provider of trusted(listed?.principal.trustPolicy, 'Federated')) {
    const [, owner, kind] = /^arn:[^:]+:iam::(\d{12}):(saml-provider|oidc-provider)\//.exec(provider) ?? []
    if (owner !== account) continue
    const action = kind === 'saml-provider' ? 'sts:AssumeRoleWithSAML' : 'sts:AssumeRoleWithWebIdentity'
    const isThere = asker.world.resources.some(({ arn }) => arn === provider)
    for (const { needs } of providerWays.filter((way) => way.provider === kind && !(way.missing && isThere))) {
      const steps = inTurn(needs.map((need) => () => asker.ask({ action: need, arns: [provider] })))
      const signedIn = steps && asker.askAmong({ action, arns: [role] }, [stranger(asker.world, provider)])
      if (signedIn) return [...steps, signedIn.request]
    }
  }
  return undefined
}
