import type { Account, AccountSpec } from '@uais/contract'
import type { AccountParams } from '@uais/guardrails'
import type { Config } from '../config/config.ts'

type Platform = Config['platform']

/** What was asked for, and nothing that the account's own stack makes. */
export function wishedParams(platform: Platform, name: string, spec: AccountSpec): AccountParams {
  return {
    partition: platform.partition,
    awsAccountId: spec.awsAccountId,
    accountName: name,
    region: spec.region,
    platformAccountId: platform.accountId,
    profile: spec.guardrailProfile,
    breakGlassPrincipal: spec.breakGlassPrincipal,
    ...spec.rules,
    ...(spec.network.kind === 'existing' ? { network: spec.network } : {}),
    ...(spec.key.kind === 'existing' ? { keyArn: spec.key.keyArn } : {}),
  }
}

/** An account as the guardrail catalogue wants it: what was asked for, and what is known of it by now. */
export function accountParams(config: Config, { name, spec, status: { outputs } }: Account): AccountParams {
  const { vpcId, subnetIds, securityGroupIds, domainId } = outputs
  const wished = wishedParams(config.platform, name, spec)
  return {
    ...wished,
    network: vpcId && subnetIds && securityGroupIds ? { vpcId, subnetIds, securityGroupIds } : undefined,
    keyArn: outputs.keyArn ?? wished.keyArn,
    domainId,
  }
}
