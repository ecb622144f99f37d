import type { DataSource } from '@uais/contract'
import { bucketRegion } from '../aws/bucket-region.ts'
import type { ProjectPlace } from '../projects/stack.ts'
import type { WorkerContext } from '../worker-context.ts'

/**
 * Why a bucket of the owner's cannot be a project's data: it is not there, or in another region, where the account's
 * guardrails refuse every call. That it may not be looked into is its owner's right, and no fault.
 */
export async function bucketFault(
  ctx: WorkerContext,
  { stackAccount: { awsAccountId, region, externalId } }: ProjectPlace,
  { id, spec }: DataSource,
): Promise<string | undefined> {
  if (spec.source !== 's3') return undefined
  const entry = { awsAccountId, region, externalId, sourceIdentity: id, ttlSeconds: 900 }
  const audit = await ctx.aws.enter({ ...entry, role: 'uais-audit' })
  const where = await bucketRegion(audit, spec.bucket)
  if (where === undefined || where === region) return undefined
  if (where === 'nowhere') return `There is no bucket '${spec.bucket}'. Make it, or remove this data and name another.`
  return `The bucket '${spec.bucket}' is in ${where}, and this account works in ${region} only. Name one that is there.`
}
