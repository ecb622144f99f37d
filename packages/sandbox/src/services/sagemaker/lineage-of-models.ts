import type { Call } from '../../kernel/operation.ts'
import { actions, associate, contexts, ensureArtifact } from './lineage-store.ts'
import type { ModelPackageRow } from './model-kinds.ts'
import { resourceArn, rows } from './resource.ts'
import { userContext } from './studio-session.ts'
import { createTags } from './tag-store.ts'

/**
 * Entities that SageMaker makes by itself for registered and deployed models (SageMaker AI Developer Guide,
 * "Amazon SageMaker AI-Created Tracking Entities"): artifact → package → group, and → deployment → endpoint.
 */
export function recordModelPackage(call: Call, row: ModelPackageRow) {
  const arn = row.ModelPackageArn ?? ''
  const name = arn.slice(arn.indexOf('model-package/') + 'model-package/'.length)
  const registered = ensureArtifact(call, arn, {
    type: 'Model',
    name: `${name.replace('/', '-')}-aws-model-package`,
    properties: { ModelPackageArn: arn },
  })
  for (const container of row.InferenceSpecification?.Containers ?? []) {
    if (container.ModelDataUrl)
      associate(call, ensureArtifact(call, container.ModelDataUrl, { type: 'Model' }), registered, 'ContributedTo')
    if (container.Image)
      associate(call, ensureArtifact(call, container.Image, { type: 'Image' }), registered, 'ContributedTo')
  }
  if (row.ModelPackageGroupName) {
    const groupArn = arn.replace(/model-package\/.*$/, `model-package-group/${row.ModelPackageGroupName}`)
    const group = ensureContext(call, `${row.ModelPackageGroupName}-aws-model-package-group`, 'ModelGroup', groupArn)
    associate(call, registered, group, 'AssociatedWith')
  }
}

/** A change of the approval status is an action of its own, with who made it. */
export function recordApproval(call: Call, row: ModelPackageRow) {
  const arn = row.ModelPackageArn ?? ''
  const time = call.now.getTime()
  const action = putAction(call, `${row.ModelPackageGroupName}-${row.ModelPackageVersion}-approval-${time}`, {
    type: 'Approval',
    sourceUri: arn,
    status: row.ModelApprovalStatus === 'Approved' ? 'Completed' : 'Unknown',
    properties: { ModelApprovalStatus: row.ModelApprovalStatus ?? '' },
  })
  associate(call, ensureArtifact(call, arn, { type: 'Model' }), action, 'AssociatedWith')
}

/** Sources are the models' artifacts and packages. */
export function recordDeployment(call: Call, endpointName: string, endpointArn: string, sources: readonly string[]) {
  const action = putAction(call, `${endpointName}-aws-endpoint-deployment`, {
    type: 'ModelDeployment',
    sourceUri: endpointArn,
    status: 'Completed',
    properties: {},
  })
  for (const source of sources)
    associate(call, ensureArtifact(call, source, { type: 'Model' }), action, 'ContributedTo')
  associate(call, action, ensureContext(call, `${endpointName}-aws-endpoint`, 'Endpoint', endpointArn), 'Produced')
}

interface NewAction {
  type: string
  sourceUri: string
  status: 'Completed' | 'Unknown'
  properties: Record<string, string>
}

function putAction(call: Call, name: string, action: NewAction): string {
  const arn = resourceArn(actions, call, name)
  const now = call.now.toISOString()
  rows(actions, call).put(name, {
    ActionArn: arn,
    ActionName: name,
    ActionType: action.type,
    Source: { SourceUri: action.sourceUri },
    Status: action.status,
    Properties: action.properties,
    CreationTime: now,
    LastModifiedTime: now,
    CreatedBy: userContext(call),
  })
  createTags(call, arn, [], {})
  return arn
}

function ensureContext(call: Call, name: string, type: string, sourceUri: string): string {
  const arn = resourceArn(contexts, call, name)
  if (rows(contexts, call).has(name)) return arn
  const now = call.now.toISOString()
  rows(contexts, call).put(name, {
    ContextArn: arn,
    ContextName: name,
    ContextType: type,
    Source: { SourceUri: sourceUri },
    CreationTime: now,
    LastModifiedTime: now,
    CreatedBy: userContext(call),
  })
  createTags(call, arn, [], {})
  return arn
}
