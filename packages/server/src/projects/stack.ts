import type { Project } from '@uais/contract'
import {
  boundaryArn,
  compileAccount,
  compileProject,
  dataBucketName,
  type ProjectParams,
  projectRoleArn,
  sessionPolicyFor,
} from '@uais/guardrails'
import { type AccountPlace, readAccountPlace, stackTags } from '../accounts/stack.ts'
import { roleBoundary } from '../aws/live-account.ts'
import type { AwsSession } from '../aws/session.ts'
import type { Config } from '../config/config.ts'
import type { Db } from '../db/database.ts'
import { readResource } from '../resources/store.ts'
import { stands } from '../runs/reconciling.ts'
import type { LiveFact, Stack } from '../runs/stack.ts'

/** A project in an account whose stack is applied. */
export interface ProjectPlace extends AccountPlace {
  project: Project
  projectParams: ProjectParams
}

/** @returns undefined while the account has nothing that a project could live in */
export async function readProjectPlace(db: Db, config: Config, projectId: string): Promise<ProjectPlace | undefined> {
  const project = await readResource(db, 'Project', projectId)
  if (!project?.accountId) return undefined
  const place = await readAccountPlace(db, config, project.accountId)
  if (!place) return undefined
  const { vpcId, subnetIds, securityGroupIds, keyArn, domainId } = place.account.status.outputs
  if (!vpcId || !subnetIds || !securityGroupIds || !keyArn || !domainId) return undefined
  const network = { vpcId, subnetIds, securityGroupIds }
  return {
    ...place,
    project,
    projectParams: { ...place.params, network, keyArn, domainId, project: { name: project.name } },
  }
}

/** Whether something can be made in the project: neither it nor its account is being changed. */
export const isSettled = ({ account, project }: ProjectPlace) => stands(account) && stands(project)

export function projectStack(place: ProjectPlace): Stack {
  const { account, project, projectParams: params, stackAccount } = place
  const key = `project/${account.name}/${project.name}`
  return {
    kind: 'project',
    key,
    resource: {
      kind: 'Project',
      id: project.id,
      name: project.name,
      generation: project.generation,
      projectId: project.id,
    },
    account: stackAccount,
    targetAccountId: account.spec.awsAccountId,
    targetRole: project.deletionRequestedAt ? 'uais-teardown' : 'uais-provision',
    sessionPolicy: sessionPolicyFor({ kind: 'project', project: project.name }, params),
    variables: {
      aws_account_id: account.spec.awsAccountId,
      boundary_arn: boundaryArn(params),
      data_bucket: dataBucketName(params),
      key_arn: params.keyArn,
      monthly_budget_usd: project.spec.monthlyBudgetUsd,
      name: project.name,
      region: account.spec.region,
      tags: stackTags(key, account.name, project.name),
    },
    policies: compileProject(params).policies,
    standing: { boundary: compileAccount(place.params).policies.boundary ?? '' },
    denials: projectDenials(params),
    // Registered models and logs are the record of what was done.
    keeps: ['module.workbench.'],
    verify: (session, outputs) => verifyProject(session, boundaryArn(params), outputs),
  }
}

/** What members must not be able to do with the project's own role, judged on the planned documents and the boundary. */
function projectDenials(params: ProjectParams): Stack['denials'] {
  const studio = projectRoleArn(params, params.project.name, 'studio')
  const { partition, region, awsAccountId } = params
  const sagemaker = (rest: string) => `arn:${partition}:sagemaker:${region}:${awsAccountId}:${rest}`
  const person = { 'aws:SourceIdentity': '00000000-0000-4000-8000-000000000000' }
  const ask = (
    id: string,
    title: string,
    action: string,
    resource: string,
    context: Record<string, string | readonly string[]> = {},
  ) => ({
    id,
    title,
    identity: ['studio', 'studio-guards'],
    boundary: 'boundary',
    request: { principal: studio, action, resource, context: { ...person, ...context } },
  })
  const group = `model-package/uais-${params.project.name}/1`
  return [
    ask('no-self-approval', 'A member cannot approve a model', 'sagemaker:UpdateModelPackage', sagemaker(group), {
      'sagemaker:ModelApprovalStatus': 'Approved',
    }),
    ask('no-endpoint', 'A member cannot create an endpoint', 'sagemaker:CreateEndpoint', sagemaker('endpoint/any')),
    ask(
      'no-open-job',
      'A job without network and key is refused',
      'sagemaker:CreateTrainingJob',
      sagemaker('training-job/any'),
    ),
    ask('no-roles', 'A member cannot make a role', 'iam:CreateRole', `arn:${partition}:iam::${awsAccountId}:role/mine`),
    ask(
      'no-other-url',
      'A member cannot mint a Studio URL',
      'sagemaker:CreatePresignedDomainUrl',
      sagemaker('user-profile/any/other'),
    ),
    ask(
      'no-other-prefix',
      'A member cannot read another project’s objects',
      's3:GetObject',
      `arn:${partition}:s3:::${dataBucketName(params)}/projects/another-project/data/x.csv`,
    ),
  ]
}

async function verifyProject(
  session: AwsSession,
  boundary: string,
  outputs: Record<string, unknown>,
): Promise<LiveFact[]> {
  const roles = ['studio_role_arn', 'training_role_arn', 'inference_role_arn'].map((name) => String(outputs[name]))
  return Promise.all(
    roles.map(async (arn) => {
      const live = await roleBoundary(session, arn)
      const name = arn.slice(arn.lastIndexOf('/') + 1)
      return {
        id: `boundary-${name}`,
        title: `${name} carries the boundary`,
        holds: live === boundary,
        message: live === undefined ? 'there is no such role' : (live ?? 'it carries none'),
      }
    }),
  )
}
