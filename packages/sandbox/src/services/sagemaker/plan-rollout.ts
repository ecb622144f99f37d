import type { Call } from '../../kernel/operation.ts'
import { containersOf, resolveContainer } from './create-model.ts'
import { validation } from './errors.ts'
import { type EndpointConfigRow, endpointConfigs, models, type Rollout } from './model-kinds.ts'
import { s3Origin } from './network.ts'
import { assumeExecutionRole } from './pass-role.ts'
import { find } from './resource.ts'
import { readyAt } from './settling.ts'
import { grantVolumeKey, type VolumeGrant } from './volume-key.ts'

/**
 * What it takes to put an endpoint configuration in place: a session of each model's execution role, the way its
 * subnets reach S3, and a grant on the volume key.
 */
export async function planRollout(
  call: Call,
  configName: string,
  endpointArn: string,
): Promise<{ rollout: Rollout; grants: VolumeGrant[]; config: EndpointConfigRow }> {
  const config = find(endpointConfigs, call, configName)
  const grants: VolumeGrant[] = []
  const variants: Rollout['variants'] = []
  for (const variant of config.ProductionVariants ?? []) {
    const model = find(models, call, variant.ModelName ?? '')
    const roleArn = model.ExecutionRoleArn
    if (!roleArn) throw validation(`The model ${model.ModelArn} has no execution role.`)
    const origin = s3Origin(call, model.VpcConfig)
    const session = await assumeExecutionRole(call, roleArn, { sourceArn: endpointArn, ...(origin ? { origin } : {}) })
    const grant = await grantVolumeKey(call, { keyId: config.KmsKeyId, roleArn, session })
    if (grant) grants.push(grant)
    const [container] = containersOf(model)
    const { modelDataUrl } = resolveContainer(call, container ?? {})
    variants.push({
      variantName: variant.VariantName ?? '',
      modelName: variant.ModelName ?? '',
      modelDataUrl,
      session,
      ...(origin ? { origin } : {}),
    })
  }
  return { rollout: { configName, readyAt: readyAt(call), variants }, grants, config }
}
