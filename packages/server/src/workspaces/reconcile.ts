import type { Workspace } from '@uais/contract'
import { sessionPolicyFor } from '@uais/guardrails'
import { stackTags } from '../accounts/stack.ts'
import { explainAwsError, isTransient } from '../aws/aws-error.ts'
import type { AwsSession } from '../aws/session.ts'
import {
  ensurePrivateSpace,
  ensureUserProfile,
  removeStudio,
  type StudioPlace,
  type StudioWish,
} from '../aws/studio.ts'
import { isSettled, type ProjectPlace, readProjectPlace } from '../projects/stack.ts'
import { readResource, tombstone, writeStatus } from '../resources/store.ts'
import { type Again, begin, condition, type Reconcile, waitFor, waitForParent } from '../runs/reconciling.ts'
import type { WorkerContext } from '../worker-context.ts'

const pollSeconds = 2

/**
 * A workspace is two SageMaker resources that come and go with a person, so it is made by API and not by a Terraform
 * stack: a profile that is named by the person, and a private space.
 */
export const reconcileWorkspace: Reconcile = async (ctx, id) => {
  const workspace = await readResource(ctx.db, 'Workspace', id)
  if (!workspace) return undefined
  const place = workspace.projectId ? await readProjectPlace(ctx.db, ctx.config, workspace.projectId) : undefined
  if (place?.paused)
    return waitFor(ctx, workspace, 'AccountPaused', 'The account is paused; nothing is changed in it.', 60)
  if (workspace.deletionRequestedAt) return remove(ctx, workspace, place)
  const role = place?.project.status.outputs.studioRoleArn
  if (!place || !role || !isSettled(place))
    return waitForParent(ctx, workspace, 'ProjectNotReady', 'The project is not ready yet.')
  await begin(ctx, workspace)
  return make(ctx, workspace, place, role)
}

async function make(ctx: WorkerContext, workspace: Workspace, place: ProjectPlace, role: string): Promise<Again> {
  const wish = wishOf(workspace, place, role)
  try {
    const session = await enter(ctx, place, 'uais-provision', workspace.id, wish)
    const profileArn = await ensureUserProfile(session, wish)
    if (!profileArn) return { seconds: pollSeconds }
    if (!(await ensurePrivateSpace(session, wish))) return { seconds: pollSeconds }
    await writeStatus(ctx.db, 'Workspace', workspace.id, {
      phase: 'Ready',
      observedGeneration: workspace.generation,
      conditions: [condition('Ready', 'True', 'InService', 'The profile and the private space are in service.')],
      outputs: {
        domainId: wish.domainId,
        userProfileName: wish.userProfileName,
        userProfileArn: profileArn,
        spaceName: wish.spaceName,
        executionRoleArn: role,
      },
    })
    return undefined
  } catch (error) {
    if (isTransient(error)) throw error
    const message = `Making the workspace: ${explainAwsError(error)} Correct the cause, then delete and add the workspace again.`
    await writeStatus(ctx.db, 'Workspace', workspace.id, {
      phase: 'Failed',
      conditions: [condition('Ready', 'False', 'NotMade', message)],
    })
    return undefined
  }
}

/** Apps, spaces, profile: each look does what can be done now, and the row goes when nothing is left. */
async function remove(ctx: WorkerContext, workspace: Workspace, place: ProjectPlace | undefined): Promise<Again> {
  if (place) {
    const wish = wishOf(workspace, place, '')
    const session = await enter(ctx, place, 'uais-teardown', workspace.id, wish)
    if (!(await removeStudio(session, wish))) return { seconds: pollSeconds }
  }
  await tombstone(ctx.db, 'Workspace', workspace.id)
  return undefined
}

function wishOf(workspace: Workspace, place: ProjectPlace, role: string): StudioWish {
  const { account, project, projectParams } = place
  const person = workspace.spec.memberOid.toLowerCase()
  return {
    domainId: projectParams.domainId,
    userProfileName: person,
    spaceName: person,
    executionRoleArn: role,
    securityGroupIds: projectParams.network.securityGroupIds,
    instanceType: workspace.spec.instanceType,
    tags: stackTags(`workspace/${account.name}/${project.name}/${workspace.name}`, account.name, project.name),
  }
}

/** A session for this one person's profile and space, in whichever role. */
const enter = (
  ctx: WorkerContext,
  place: ProjectPlace,
  role: 'uais-provision' | 'uais-teardown',
  id: string,
  { domainId, userProfileName: userProfile, spaceName: space }: StudioPlace,
): Promise<AwsSession> =>
  ctx.aws.enter({
    awsAccountId: place.stackAccount.awsAccountId,
    region: place.stackAccount.region,
    role,
    externalId: place.stackAccount.externalId,
    sourceIdentity: id,
    sessionPolicy: sessionPolicyFor(
      { kind: 'workspace', project: place.project.name, domainId, userProfile, space },
      place.params,
    ),
    ttlSeconds: 900,
  })
