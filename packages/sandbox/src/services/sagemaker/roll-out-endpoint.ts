import { setTimeout as sleep } from 'node:timers/promises'
import type { Call } from '../../kernel/operation.ts'
import { loadModel } from '../../ml/artifact.ts'
import { emitStateChange } from './events.ts'
import { recordDeployment } from './lineage-of-models.ts'
import { type Deployed, type EndpointRow, endpoints, type Rollout } from './model-kinds.ts'
import { rows } from './resource.ts'
import { parseS3Uri, readObject } from './s3-objects.ts'

/**
 * Puts a configuration in place, as background work: loads each artifact as its model's execution role, over the
 * model's network. Success: InService. Failure: a new endpoint is Failed; an updated one keeps what it served.
 */
export async function rollOutEndpoint(call: Call, name: string): Promise<void> {
  const rollout = rows(endpoints, call).get(name)?.rollout
  if (!rollout) return
  await sleep(Math.max(0, new Date(rollout.readyAt).getTime() - Date.now()), undefined, { ref: false })
  const deployed: Deployed[] = []
  let failure: string | undefined
  for (const variant of rollout.variants) {
    try {
      deployed.push(await loadVariant(call, variant))
    } catch (error) {
      failure ??= failureReason(variant.variantName, error as Error, variant.origin !== undefined)
    }
  }
  finish(call, name, rollout, deployed, failure)
}

async function loadVariant(call: Call, variant: Rollout['variants'][number]): Promise<Deployed> {
  const { origin, session, modelDataUrl, variantName, modelName } = variant
  if (!origin) throw new Error('the subnets of the model have no route to an S3 VPC endpoint')
  const bytes = await readObject(call, parseS3Uri(modelDataUrl), { principal: session, origin })
  await loadModel(bytes)
  return { variantName, modelName, blob: call.blobs.put(bytes).id }
}

/** SageMaker's own words where the container starts but does not answer its health check. */
function failureReason(variantName: string, error: Error, reachable: boolean): string {
  if (!reachable || /Access/.test((error as { code?: string }).code ?? ''))
    return `Failed to download model data for production variant ${variantName}: ${error.message}`
  return `The primary container for production variant ${variantName} did not pass the ping health check. Please check CloudWatch logs for this endpoint. (${error.message})`
}

function finish(call: Call, name: string, rollout: Rollout, deployed: Deployed[], failure: string | undefined) {
  const current = rows(endpoints, call).get(name)
  // Deleted, or replaced by a newer rollout, while this one ran.
  const overtaken = current?.rollout?.readyAt !== rollout.readyAt
  const unused = overtaken || failure ? deployed : current.deployed
  for (const { blob } of unused) call.blobs.delete(blob)
  if (overtaken) return
  const { rollout: _done, FailureReason: _reason, ...kept } = current
  const isNew = current.EndpointStatus === 'Creating'
  const row: EndpointRow = {
    ...kept,
    EndpointStatus: failure && isNew ? 'Failed' : 'InService',
    ...(failure ? { FailureReason: failure } : { EndpointConfigName: rollout.configName, deployed }),
    LastModifiedTime: new Date().toISOString(),
  }
  rows(endpoints, call).put(name, row)
  if (!failure) {
    const sources = rollout.variants.map((variant) => variant.modelDataUrl)
    recordDeployment(call, name, row.EndpointArn ?? '', sources)
  }
  emitEndpointState(call, row)
}

/** Service events show what Describe shows, not how the sandbox does it. */
export function emitEndpointState(call: Call, row: EndpointRow) {
  const { deployed: _deployed, rollout: _rollout, grants: _grants, ...shown } = row
  emitStateChange(call, 'Endpoint', row.EndpointArn ?? '', {
    ...shown,
    // "IN_SERVICE", "CREATING", ...: the event spells the status its own way.
    EndpointStatus: (row.EndpointStatus ?? '').replace(/(?<=[a-z])(?=[A-Z])/g, '_').toUpperCase(),
  })
}
