import { type ModelVersion, PlatformError, type Review } from '@uais/contract'
import { sql } from 'kysely'
import type { Call } from '../access/route.ts'
import type { Db } from '../db/database.ts'
import * as events from '../events.ts'
import { addModelApproval } from '../queue/jobs.ts'
import { firstStatus } from '../resources/resource.ts'
import { findResources, insertResource, lockResource, needResource, writeStatus } from '../resources/store.ts'
import { evidenceFor } from './evidence.ts'
import { checkAnswers, formInForce } from './form.ts'

/** Asks the board to review a model version. The form in force and the artifact's digest are frozen into the review. */
export async function createReview(
  { db, person, body, telling }: Call<'reviews.create'>,
  found: ModelVersion,
): Promise<Review> {
  const version = await lockResource(db, 'ModelVersion', found.id)
  const doing = `submitting '${version.name}' for review`
  if (await approvedReview(db, version))
    throw new PlatformError('conflict', `${doing}: the board has already approved exactly this artifact`)
  const form = formInForce()
  checkAnswers(form, body.answers)
  const earlier = await findResources(db, 'Review', ofVersion(version.id))
  const outputs = { decision: 'open', signOffs: [], requiredSignOffs: form.requiredSignOffs, decidedAt: null } as const
  const review = await insertResource(db, {
    ...{ kind: 'Review', name: `${version.name}-review-${earlier.length + 1}` },
    ...{ accountId: version.accountId, projectId: version.projectId, createdBy: person },
    spec: {
      modelVersionId: version.id,
      formVersion: form.version,
      artifactSha256: version.spec.artifact.sha256,
      answers: body.answers,
      evidence: await evidenceFor(db, version),
      submittedBy: person,
    },
    status: firstStatus<'Review'>({ ...outputs, signOffs: [] }, 'Waiting'),
  })
  await writeStatus(db, 'ModelVersion', version.id, { outputs: { reviewId: review.id, reviewStatus: 'open' } })
  await events.created(telling, person, 'SubmitReview', review)
  return review
}

const ofVersion = (modelVersionId: string) => sql<boolean>`spec ->> 'modelVersionId' = ${modelVersionId}`

/** The board's approval of exactly the artifact that the version has now; any other digest has none. */
export async function approvedReview(db: Db, version: ModelVersion): Promise<Review | undefined> {
  const [review] = await findResources(
    db,
    'Review',
    sql<boolean>`${ofVersion(version.id)} and status -> 'outputs' ->> 'decision' = 'approved'
      and spec ->> 'artifactSha256' = ${version.spec.artifact.sha256}`,
  )
  return review
}

/**
 * One reviewer's decision. One reject rejects; as many approvals as the form asks for approve. Who may sign off is the
 * policies' business; that each signs once and that the artifact is still the one reviewed is ours.
 */
export async function signOff({ db, person, body, telling }: Call<'reviews.sign-off'>, found: Review): Promise<Review> {
  const review = await lockResource(db, 'Review', found.id)
  const { outputs } = review.status
  const doing = `signing off '${review.name}'`
  if (outputs.decision !== 'open') throw new PlatformError('conflict', `${doing}: it is already ${outputs.decision}`)
  if (outputs.signOffs.some(({ reviewer }) => reviewer.oid === person.oid))
    throw new PlatformError('conflict', `${doing}: you have signed it off already; another reviewer must`)
  const version = await needResource(db, 'ModelVersion', review.spec.modelVersionId)
  if (version.spec.artifact.sha256 !== review.spec.artifactSha256)
    throw new PlatformError(
      'conflict',
      `${doing}: the artifact is no longer the one that was submitted; reject it, and have it submitted again`,
    )
  const at = new Date().toISOString()
  const signOffs = [...outputs.signOffs, { reviewer: person, decision: body.decision, comment: body.comment, at }]
  const decision = decisionOf(signOffs, outputs.requiredSignOffs)
  const decided = decision !== 'open'
  const changed = await writeStatus(db, 'Review', review.id, {
    outputs: { signOffs, decision, decidedAt: decided ? at : null },
    ...(decided ? { phase: 'Ready', observedGeneration: review.generation } : {}),
  })
  if (decided) await tellVersion(db, changed, decision)
  await events.acted(telling, person, 'SignOffReview', changed, `${body.decision}; the review is ${decision}`)
  return changed
}

function decisionOf(signOffs: readonly { decision: 'approve' | 'reject' }[], required: number) {
  if (signOffs.some((each) => each.decision === 'reject')) return 'rejected'
  return signOffs.length >= required ? 'approved' : 'open'
}

/** The registry follows: the worker checks the live artifact's digest again before it sets SageMaker's approval. */
async function tellVersion(db: Db, review: Review, decision: 'approved' | 'rejected'): Promise<void> {
  const { modelVersionId } = review.spec
  await writeStatus(db, 'ModelVersion', modelVersionId, { outputs: { reviewId: review.id, reviewStatus: decision } })
  await addModelApproval(db, modelVersionId)
}

/** Takes an open submission back. */
export async function withdrawReview(
  { db, person, telling }: Call<'reviews.withdraw'>,
  found: Review,
): Promise<Review> {
  const review = await lockResource(db, 'Review', found.id)
  const { decision } = review.status.outputs
  if (decision !== 'open')
    throw new PlatformError('conflict', `withdrawing '${review.name}': it is already ${decision}`)
  const changed = await writeStatus(db, 'Review', review.id, {
    phase: 'Ready',
    observedGeneration: review.generation,
    outputs: { decision: 'withdrawn', decidedAt: new Date().toISOString() },
  })
  await writeStatus(db, 'ModelVersion', review.spec.modelVersionId, { outputs: { reviewId: null, reviewStatus: null } })
  await events.acted(telling, person, 'WithdrawReview', changed, 'the submission was taken back')
  return changed
}
