import { z } from 'zod'
import { accountCreate, accountSchema, accountUpdate, bootstrapSchema, probeSchema } from './account.ts'
import { dataObject, dataSourceCreate, dataSourceSchema, uploadGrant, uploadRequest } from './data-source.ts'
import { deploymentConfigurationSchema, deploymentCreate, deploymentSchema } from './deployment.ts'
import { guardrailApi } from './guardrail-api.ts'
import { modelSchema, modelVersionSchema } from './model.ts'
import { auditEntrySchema, findingSchema, groupSchema, lineageSchema, sessionSchema } from './observe.ts'
import { memberSchema, projectCreate, projectSchema, projectUpdate } from './project.ts'
import { pageOf, pageQuery, personSchema } from './resource.ts'
import { reviewCreate, reviewFormSchema, reviewSchema, signOffCreate } from './review.ts'
import { act, byId, list, listIn, nothing, read, remove, route } from './route.ts'
import { runDecision, runLogLine, runPhaseSchema, runSchema } from './run.ts'
import { workspaceCreate, workspaceSchema, workspaceUrl } from './workspace.ts'

/** Every route of the API, by name. The server registers exactly these; portal and CLI call only these. */
export const api = {
  'session.read': route({
    method: 'GET',
    path: '/session',
    action: 'ReadSession',
    summary: 'Who is signed in',
    response: sessionSchema,
  }),
  'session.end': route({
    method: 'DELETE',
    path: '/session',
    action: 'EndSession',
    summary: 'Sign out',
    response: nothing,
  }),
  'directory.groups': list('/directory/groups', 'SearchDirectory', 'Entra groups by name', groupSchema),
  'directory.users': list('/directory/users', 'SearchDirectory', 'Entra people by name', personSchema),

  'accounts.list': list('/accounts', 'ListAccounts', 'Accounts that you may see', accountSchema),
  'accounts.create': route({
    method: 'POST',
    path: '/accounts',
    action: 'CreateAccount',
    summary: 'Begin to onboard an AWS account',
    body: accountCreate,
    response: accountSchema,
    status: 201,
  }),
  'accounts.read': read('/accounts/{id}', 'ReadAccount', 'One account', accountSchema),
  'accounts.update': route({
    method: 'PATCH',
    path: '/accounts/{id}',
    action: 'UpdateAccount',
    summary: 'Change what was agreed about an account',
    params: byId,
    body: accountUpdate,
    response: accountSchema,
  }),
  'accounts.delete': remove('/accounts/{id}', 'DeleteAccount', 'End the platform’s work in an account', accountSchema),
  'accounts.bootstrap': read(
    '/accounts/{id}/bootstrap',
    'ReadBootstrap',
    'The roles to read and create first',
    bootstrapSchema,
  ),
  'accounts.probe': act(
    '/accounts/{id}/probe',
    'ProbeAccount',
    'Try each step of entering the account',
    nothing,
    z.object({ probes: z.array(probeSchema) }),
  ),
  'accounts.provision': act(
    '/accounts/{id}/provision',
    'ProvisionAccount',
    'Provision the account once the probes pass',
    nothing,
    accountSchema,
  ),
  'accounts.pause': act(
    '/accounts/{id}/pause',
    'PauseAccount',
    'Stop all runs and new workspace links in the account',
    nothing,
    accountSchema,
  ),
  'accounts.resume': act('/accounts/{id}/resume', 'PauseAccount', 'End a pause', nothing, accountSchema),
  ...guardrailApi,

  'projects.list': route({
    method: 'GET',
    path: '/projects',
    action: 'ListProjects',
    summary: 'Projects that you may see',
    query: pageQuery.extend({ accountId: z.uuid().optional() }),
    response: pageOf(projectSchema),
  }),
  'projects.create': route({
    method: 'POST',
    path: '/projects',
    action: 'CreateProject',
    summary: 'Create a project',
    body: projectCreate,
    response: projectSchema,
    status: 201,
  }),
  'projects.read': read('/projects/{id}', 'ReadProject', 'One project', projectSchema),
  'projects.update': route({
    method: 'PATCH',
    path: '/projects/{id}',
    action: 'UpdateProject',
    summary: 'Change a project',
    params: byId,
    body: projectUpdate,
    response: projectSchema,
  }),
  'projects.delete': remove('/projects/{id}', 'DeleteProject', 'Tear a project down', projectSchema),
  'projects.members': listIn(
    '/projects/{id}/members',
    'ReadProject',
    'People in the project, read from Entra',
    memberSchema,
  ),
  'projects.activity': listIn(
    '/projects/{id}/activity',
    'ReadProject',
    'What happened in the project',
    auditEntrySchema,
  ),
  'projects.lineage': read('/projects/{id}/lineage', 'ReadProject', 'From object to endpoint', lineageSchema),

  'workspaces.list': listIn('/projects/{id}/workspaces', 'ReadProject', 'Workspaces of the project', workspaceSchema),
  'workspaces.create': route({
    method: 'POST',
    path: '/projects/{id}/workspaces',
    action: 'CreateWorkspace',
    summary: 'Add a workspace',
    params: byId,
    body: workspaceCreate,
    response: workspaceSchema,
    status: 201,
  }),
  'workspaces.read': read('/workspaces/{id}', 'ReadWorkspace', 'One workspace', workspaceSchema),
  'workspaces.open': act(
    '/workspaces/{id}/open',
    'OpenWorkspace',
    'Mint a Studio URL for yourself',
    nothing,
    workspaceUrl,
  ),
  'workspaces.delete': remove('/workspaces/{id}', 'DeleteWorkspace', 'Remove a workspace', workspaceSchema),

  'data-sources.list': listIn('/projects/{id}/data-sources', 'ReadProject', 'Data of the project', dataSourceSchema),
  'data-sources.create': route({
    method: 'POST',
    path: '/projects/{id}/data-sources',
    action: 'CreateDataSource',
    summary: 'Add data',
    params: byId,
    body: dataSourceCreate,
    response: dataSourceSchema,
    status: 201,
  }),
  'data-sources.read': read('/data-sources/{id}', 'ReadDataSource', 'One data source', dataSourceSchema),
  'data-sources.objects': listIn(
    '/data-sources/{id}/objects',
    'ReadDataSource',
    'Names and sizes of its objects',
    dataObject,
  ),
  'data-sources.upload': act(
    '/data-sources/{id}/uploads',
    'UploadData',
    'A grant to post one file into the owner’s bucket',
    uploadRequest,
    uploadGrant,
  ),
  'data-sources.delete': remove(
    '/data-sources/{id}',
    'DeleteDataSource',
    'Remove the project’s access to the data',
    dataSourceSchema,
  ),

  'models.list': listIn('/projects/{id}/models', 'ReadProject', 'Models of the project', modelSchema),
  'model-versions.list': listIn(
    '/projects/{id}/model-versions',
    'ReadProject',
    'Model versions of the project',
    modelVersionSchema,
  ),
  'model-versions.read': read('/model-versions/{id}', 'ReadModelVersion', 'One model version', modelVersionSchema),
  'models.sweep': act(
    '/projects/{id}/models/sweep',
    'ReadProject',
    'Look in the SageMaker registry now',
    nothing,
    z.object({ found: z.int() }),
  ),

  'review-form.read': route({
    method: 'GET',
    path: '/review-form',
    action: 'ReadReviewForm',
    summary: 'The form in force',
    response: reviewFormSchema,
  }),
  'review-form.version': route({
    method: 'GET',
    path: '/review-form/{version}',
    action: 'ReadReviewForm',
    summary: 'A published form',
    params: z.object({ version: z.string() }),
    response: reviewFormSchema,
  }),
  'reviews.list': list('/reviews', 'ListReviews', 'Reviews that you may see', reviewSchema),
  'reviews.create': route({
    method: 'POST',
    path: '/model-versions/{id}/reviews',
    action: 'SubmitReview',
    summary: 'Ask the board to review a model version',
    params: byId,
    body: reviewCreate,
    response: reviewSchema,
    status: 201,
  }),
  'reviews.read': read('/reviews/{id}', 'ReadReview', 'One review', reviewSchema),
  'reviews.sign-off': act('/reviews/{id}/sign-offs', 'SignOffReview', 'Approve or reject', signOffCreate, reviewSchema),
  'reviews.withdraw': act('/reviews/{id}/withdraw', 'WithdrawReview', 'Take a submission back', nothing, reviewSchema),

  'deployment-configurations.list': route({
    method: 'GET',
    path: '/deployment-configurations',
    action: 'ReadDeploymentConfigurations',
    summary: 'Ready-made deployment configurations',
    response: z.object({ items: z.array(deploymentConfigurationSchema) }),
  }),
  'deployments.list': listIn('/projects/{id}/deployments', 'ReadProject', 'Endpoints of the project', deploymentSchema),
  'deployments.create': route({
    method: 'POST',
    path: '/projects/{id}/deployments',
    action: 'CreateDeployment',
    summary: 'Deploy an approved model version',
    params: byId,
    body: deploymentCreate,
    response: deploymentSchema,
    status: 201,
  }),
  'deployments.read': read('/deployments/{id}', 'ReadDeployment', 'One deployment', deploymentSchema),
  'deployments.delete': remove('/deployments/{id}', 'DeleteDeployment', 'Take an endpoint down', deploymentSchema),

  'runs.list': route({
    method: 'GET',
    path: '/runs',
    action: 'ListRuns',
    summary: 'Terraform runs that you may see',
    query: pageQuery.extend({
      accountId: z.uuid().optional(),
      projectId: z.uuid().optional(),
      resourceId: z.uuid().optional(),
      phase: runPhaseSchema.optional(),
    }),
    response: pageOf(runSchema),
  }),
  'runs.read': read('/runs/{id}', 'ReadRun', 'One run', runSchema),
  'runs.log': route({
    method: 'GET',
    path: '/runs/{id}/log',
    action: 'ReadRun',
    summary: 'The kept log',
    params: byId,
    query: z.object({
      after: z.coerce.number().int().min(0).default(0),
      limit: z.coerce.number().int().min(1).max(1000).default(500),
    }),
    response: z.object({ items: z.array(runLogLine) }),
  }),
  'runs.events': route({
    method: 'GET',
    path: '/runs/{id}/events',
    action: 'ReadRun',
    summary: 'The live run',
    params: byId,
    response: z.string(),
    produces: 'text/event-stream',
  }),
  'runs.approve': act('/runs/{id}/approve', 'ApproveRun', 'Let the stored plan be applied', runDecision, runSchema),
  'runs.reject': act('/runs/{id}/reject', 'ApproveRun', 'Discard the stored plan', runDecision, runSchema),
  'runs.cancel': act('/runs/{id}/cancel', 'CancelRun', 'Stop the run at the next safe point', nothing, runSchema),
  'runs.retry': act('/runs/{id}/retry', 'CancelRun', 'Reconcile the stack again', nothing, nothing),

  'findings.list': list('/findings', 'ListFindings', 'Drift, tampering and other findings', findingSchema),
  'audit.list': list('/audit', 'ReadAudit', 'Every act in UAIS', auditEntrySchema),
} as const

export type Api = typeof api
export type RouteName = keyof Api
