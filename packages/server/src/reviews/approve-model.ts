import { PlatformError } from '@uais/contract'
import { sessionPolicyFor } from '@uais/guardrails'
import { sql } from 'kysely'
import { artifactDigest } from '../aws/digest.ts'
import { approveModelPackage, describeModelPackage } from '../aws/registry.ts'
import { acted, recordAct } from '../events.ts'
import { recordLineage } from '../models/lineage.ts'
import { readProjectPlace } from '../projects/stack.ts'
import { TerminalError } from '../queue/terminal-error.ts'
import { findResources, readResource, writeStatus } from '../resources/store.ts'
import { raiseFinding } from '../runs/findings.ts'
import type { WorkerContext } from '../worker-context.ts'

/**
 * Carries the board's decision into the registry. The artifact is hashed again first: what was reviewed is approved,
 * and nothing that took its place since.
 */
export async function approveModel(ctx: WorkerContext, modelVersionId: string): Promise<void> {
  const version = await readResource(ctx.db, 'ModelVersion', modelVersionId)
  const place = version?.projectId ? await readProjectPlace(ctx.db, ctx.config, version.projectId) : undefined
  if (!version || !place) return
  if (place.paused) throw new PlatformError('not-ready', 'approving the model: the account is paused')
  const reviews = await findResources(ctx.db, 'Review', sql<boolean>`spec ->> 'modelVersionId' = ${modelVersionId}`)
  const review = reviews.find((one) => one.status.outputs.decision === 'approved')
  if (!review) throw new TerminalError('NotReviewed', 'approving the model: the board has not approved it')
  const { awsAccountId, region, externalId } = place.stackAccount
  const entry = { awsAccountId, region, externalId, sourceIdentity: review.id, ttlSeconds: 900 }
  const audit = await ctx.aws.enter({ ...entry, role: 'uais-audit' })
  const [live, found] = [
    await artifactDigest(audit, version.spec.artifact.uri),
    await describeModelPackage(audit, version.spec.modelPackageArn),
  ]
  const same = live.sha256 === review.spec.artifactSha256 && found?.artifactUri === version.spec.artifact.uri
  if (!same) {
    await raiseFinding(ctx.db, {
      type: 'tamper',
      key: `artifact-changed/${version.id}`,
      title: `The artifact of '${version.name}' is not the one that was reviewed`,
      message: `Reviewed: ${review.spec.artifactSha256}; at ${version.spec.artifact.uri} now: ${live.sha256}.`,
      remedy: 'It was not approved. Register the artifact as a new version and submit that for review.',
      accountId: place.account.id,
      resource: { kind: 'ModelVersion', id: version.id, name: version.name },
    })
    await recordAct(ctx, {
      actor: null,
      action: 'ApproveModel',
      outcome: 'refused',
      subject: { kind: 'ModelVersion', id: version.id, name: version.name },
      accountId: place.account.id,
      projectId: place.project.id,
      detail: `the artifact’s digest ${live.sha256} is not the reviewed ${review.spec.artifactSha256}`,
    })
    throw new TerminalError('ArtifactChanged', `approving '${version.name}': its artifact has changed since the review`)
  }
  if (found.approval !== 'Approved') {
    const { modelPackageArn } = version.spec
    const sessionPolicy = sessionPolicyFor({ kind: 'model-approval', modelPackageArn }, place.params)
    const session = await ctx.aws.enter({ ...entry, role: 'uais-provision', sessionPolicy })
    await approveModelPackage(session, modelPackageArn, `UAIS review ${review.id}, sha256 ${live.sha256}`)
  }
  await writeStatus(ctx.db, 'ModelVersion', version.id, {
    outputs: { approval: 'Approved', reviewId: review.id, reviewStatus: 'approved' },
  })
  await recordLineage(
    ctx.db,
    place.project.id,
    [
      {
        id: `review/${review.id}`,
        type: 'review',
        label: review.name,
        detail: { decision: 'approved', form: review.spec.formVersion },
      },
    ],
    [
      {
        from: version.spec.modelPackageArn,
        to: `review/${review.id}`,
        relation: 'approved by',
        evidence: 'the board’s sign-offs',
      },
    ],
  )
  await acted(
    ctx,
    null,
    'ApproveModel',
    version,
    `approved in the registry: sha256 ${live.sha256} (${live.evidence}) equals the reviewed artifact`,
  )
}
