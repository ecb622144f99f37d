import { createHash } from 'node:crypto'
import type {
  AssociationEdgeType,
  DescribeActionResponse,
  DescribeArtifactResponse,
  DescribeContextResponse,
  DescribeTrialComponentResponse,
} from '@aws-sdk/client-sagemaker'
import type { Call } from '../../kernel/operation.ts'
import { resourceNotFound } from './errors.ts'
import { type Kind, resourceArn, rows, type Stored } from './resource.ts'
import { userContext } from './studio-session.ts'
import { createTags } from './tag-store.ts'

export type ArtifactRow = Stored<DescribeArtifactResponse>
export type ActionRow = Stored<DescribeActionResponse>
export type ContextRow = Stored<DescribeContextResponse>
export type TrialComponentRow = Stored<DescribeTrialComponentResponse>

export interface AssociationRow {
  SourceArn: string
  DestinationArn: string
  AssociationType: AssociationEdgeType
  CreationTime: string
  CreatedBy: Stored<ReturnType<typeof userContext>>
}

const missing = (noun: string) => (arn: string) => resourceNotFound(`${noun} '${arn}' does not exist.`)

/** Key: hash of the source URI, so that a source has one artifact (Developer Guide, "Lineage Tracking Entities"). */
export const artifacts: Kind<ArtifactRow> = {
  name: 'Artifact',
  path: (key) => `artifact/${key}`,
  notFound: missing('Artifact'),
}
export const actions: Kind<ActionRow> = { name: 'Action', path: (key) => `action/${key}`, notFound: missing('Action') }
export const contexts: Kind<ContextRow> = {
  name: 'Context',
  path: (key) => `context/${key}`,
  notFound: missing('Context'),
}
export const trialComponents: Kind<TrialComponentRow> = {
  name: 'TrialComponent',
  path: (key) => `experiment-trial-component/${key}`,
  notFound: missing('TrialComponent'),
}

export const associations = (call: Call) => call.table<AssociationRow>('Association')
export const associationKey = (source: string, destination: string) => `${source}|${destination}`

const artifactKey = (sourceUri: string) => createHash('sha256').update(sourceUri).digest('hex').slice(0, 32)

/** The artifact of a source, made if there is none yet. Returns its ARN. */
export function ensureArtifact(
  call: Call,
  sourceUri: string,
  artifact: { type: string; name?: string | undefined; properties?: Record<string, string> },
): string {
  const key = artifactKey(sourceUri)
  const arn = resourceArn(artifacts, call, key)
  if (rows(artifacts, call).has(key)) return arn
  const now = call.now.toISOString()
  rows(artifacts, call).put(key, {
    ArtifactArn: arn,
    ArtifactName: artifact.name,
    ArtifactType: artifact.type,
    Source: { SourceUri: sourceUri },
    Properties: artifact.properties,
    CreationTime: now,
    LastModifiedTime: now,
    CreatedBy: userContext(call),
  })
  createTags(call, arn, [], {})
  return arn
}

export function associate(call: Call, source: string, destination: string, type: AssociationEdgeType) {
  const key = associationKey(source, destination)
  if (associations(call).has(key)) return
  associations(call).put(key, {
    SourceArn: source,
    DestinationArn: destination,
    AssociationType: type,
    CreationTime: call.now.toISOString(),
    CreatedBy: userContext(call),
  })
}

export interface LineageEntity {
  arn: string
  name: string
  /** `DataSet`, `Model`, `Endpoint`, `ModelDeployment`, `Training`, ... */
  type: string
  lineageType: 'Artifact' | 'Action' | 'Context' | 'TrialComponent'
}

/** The entity behind an ARN, if there is one. */
export function findEntity(call: Call, arn: string): LineageEntity | undefined {
  const [kind = '', key = ''] = arn.slice(arn.lastIndexOf(':') + 1).split(/\/(.*)/s)
  if (kind === 'artifact') {
    const row = rows(artifacts, call).get(key)
    return row && { arn, name: row.ArtifactName ?? '', type: row.ArtifactType ?? '', lineageType: 'Artifact' }
  }
  if (kind === 'action') {
    const row = rows(actions, call).get(key)
    return row && { arn, name: row.ActionName ?? '', type: row.ActionType ?? '', lineageType: 'Action' }
  }
  if (kind === 'context') {
    const row = rows(contexts, call).get(key)
    return row && { arn, name: row.ContextName ?? '', type: row.ContextType ?? '', lineageType: 'Context' }
  }
  const row = kind === 'experiment-trial-component' ? rows(trialComponents, call).get(key) : undefined
  return row && { arn, name: row.TrialComponentName ?? '', type: 'SageMakerTrainingJob', lineageType: 'TrialComponent' }
}
