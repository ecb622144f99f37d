import { type Deployment, PlatformError, type Project } from '@uais/contract'
import { approvedInstanceTypes } from '@uais/guardrails'
import type { Call } from '../access/route.ts'
import { accountParams } from '../accounts/params.ts'
import * as events from '../events.ts'
import { accountOf, needReady } from '../projects/projects.ts'
import { addReconcile } from '../queue/jobs.ts'
import { firstStatus } from '../resources/resource.ts'
import { insertResource, markForDeletion, readResource } from '../resources/store.ts'
import { approvedReview } from '../reviews/reviews.ts'

/** Deploys a model version whose very artifact the board has approved; refuses anything else. */
export async function createDeployment(
  { context, db, person, body, telling }: Call<'deployments.create'>,
  project: Project,
): Promise<Deployment> {
  const doing = `deploying '${body.name}'`
  needReady(project, doing)
  const account = await accountOf(db, project)
  const allowed = approvedInstanceTypes(accountParams(context.config, account), 'endpoints')
  if (!allowed.includes(body.spec.instanceType))
    throw new PlatformError(
      'invalid-request',
      `${doing}: guardrail COST-1 does not allow ${body.spec.instanceType} in this account; choose one of ${allowed.filter((type) => type.startsWith('ml.')).join(', ')}`,
    )
  const version = await readResource(db, 'ModelVersion', body.spec.modelVersionId)
  // Another project's version is nobody's business here: it is not there.
  if (!version || version.projectId !== project.id)
    throw new PlatformError('not-found', `${doing}: the project has no model version ${body.spec.modelVersionId}`)
  if (!(await approvedReview(db, version)))
    throw new PlatformError(
      'review-required',
      `${doing}: the review board has not approved the artifact ${version.spec.artifact.sha256.slice(0, 12)}… of '${version.name}'; submit it for review`,
    )
  const deployment = await insertResource(db, {
    ...{ kind: 'Deployment', name: body.name, accountId: account.id, projectId: project.id },
    ...{ spec: body.spec, status: firstStatus<'Deployment'>({}), createdBy: person },
  })
  await addReconcile(db, 'Deployment', deployment.id)
  await events.created(telling, person, 'CreateDeployment', deployment)
  return deployment
}

export async function deleteDeployment(
  { db, person, telling }: Call<'deployments.delete'>,
  deployment: Deployment,
): Promise<Deployment> {
  const marked = await markForDeletion(db, 'Deployment', deployment.id)
  await addReconcile(db, 'Deployment', deployment.id)
  await events.deletionRequested(telling, person, 'DeleteDeployment', deployment)
  return marked
}
