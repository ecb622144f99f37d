import type { Account } from '@uais/contract'
import type { AccountParams } from '@uais/guardrails'
import type { Config } from '../config/config.ts'

/** An account as the guardrail catalogue wants it: what was asked for, and what is known of it by now. */
export function accountParams(config: Config, account: Account): AccountParams {
  const { spec, name } = account
  const { outputs } = account.status
  const { vpcId, subnetIds, securityGroupIds } = outputs
  const network = vpcId && subnetIds && securityGroupIds ? { vpcId, subnetIds, securityGroupIds } : undefined
  return {
    partition: config.platform.partition,
    awsAccountId: spec.awsAccountId,
    accountName: name,
    region: spec.region,
    platformAccountId: config.platform.accountId,
    profile: spec.guardrailProfile,
    breakGlassPrincipal: spec.breakGlassPrincipal,
    network,
    keyArn: outputs.keyArn ?? (spec.key.kind === 'existing' ? spec.key.keyArn : undefined),
    domainId: outputs.domainId,
  }
}
