import { PlatformError, type Project, type Workspace } from '@uais/contract'
import type { Call } from '../access/route.ts'
import { readLink } from '../accounts/accounts.ts'
import { mintStudioUrl } from '../aws/mint-studio-url.ts'
import * as events from '../events.ts'
import { accountOf, needReady, rolesOf } from '../projects/projects.ts'
import { addReconcile } from '../queue/jobs.ts'
import { firstStatus } from '../resources/resource.ts'
import { insertResource, markForDeletion } from '../resources/store.ts'

/** Adds a workspace for oneself or, as a lead, for another member. Viewers look, they do not work with data. */
export async function createWorkspace(
  { context, db, person, body, telling }: Call<'workspaces.create'>,
  project: Project,
): Promise<Workspace> {
  const memberOid = body.spec.memberOid ?? person.oid
  const member = memberOid === person.oid ? person : await context.directory.person(memberOid)
  const doing = `creating a workspace for ${member?.name ?? memberOid}`
  const roles = await rolesOf(context.directory, project, memberOid)
  if (!member || !(roles.has('lead') || roles.has('scientist')))
    throw new PlatformError(
      'not-allowed',
      `${doing}: only direct members of the project's lead and scientist groups have workspaces`,
    )
  needReady(project, doing)
  const workspace = await insertResource(db, {
    ...{ kind: 'Workspace', name: body.name ?? nameFor(member.userPrincipalName) },
    ...{ accountId: project.accountId, projectId: project.id },
    ...{ spec: { ...body.spec, memberOid }, status: firstStatus<'Workspace'>({}), createdBy: person },
  })
  await addReconcile(db, 'Workspace', workspace.id)
  await events.created(telling, person, 'CreateWorkspace', workspace)
  return workspace
}

/** A name from the part of the user name before the '@', made to fit the rules of names. */
export function nameFor(userPrincipalName: string): string {
  const plain = userPrincipalName.split('@')[0]!.toLowerCase().normalize('NFKD')
  const slug = plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 24)
    .replace(/-+$/, '')
  return slug.length >= 3 ? slug : `workspace${slug && `-${slug}`}`
}

/**
 * Mints a Studio URL for the member and nobody else. The membership was asked of Entra for this very request; the session
 * policy allows this one profile; the URL is answered and forgotten.
 */
export async function openWorkspace({ context, db, person, telling }: Call<'workspaces.open'>, workspace: Workspace) {
  const { domainId, userProfileName, userProfileArn } = workspace.status.outputs
  if (workspace.status.phase !== 'Ready' || !domainId || !userProfileName || !userProfileArn)
    throw new PlatformError(
      'not-ready',
      `opening workspace '${workspace.name}': it is ${workspace.status.phase}, not Ready`,
    )
  const account = await accountOf(db, workspace)
  const { externalId } = await readLink(db, account.id)
  const { awsAccountId, region } = account.spec
  const minted = await mintStudioUrl(context.aws, {
    ...{ awsAccountId, region, externalId, oid: person.oid },
    ...{ domainId, userProfileName, userProfileArn },
  })
  await events.workspaceOpened(telling, person, workspace)
  return minted
}

export async function deleteWorkspace(
  { db, person, telling }: Call<'workspaces.delete'>,
  workspace: Workspace,
): Promise<Workspace> {
  const marked = await markForDeletion(db, 'Workspace', workspace.id)
  await addReconcile(db, 'Workspace', workspace.id)
  await events.deletionRequested(telling, person, 'DeleteWorkspace', workspace)
  return marked
}
