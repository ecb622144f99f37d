import type { ModelVersion } from '@uais/contract'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { ProjectPlace } from '../projects/stack.ts'
import { findResources } from '../resources/store.ts'
import { type Edge, type Node, recordLineage } from './lineage.ts'

/** Object → data source → training job → artifact → model package, and the person who registered it. */
export async function recordVersionLineage(
  db: Db,
  place: ProjectPlace,
  version: ModelVersion,
  digestEvidence: string,
): Promise<void> {
  const { spec } = version
  const artifact = { id: `artifact/${spec.artifact.sha256}`, type: 'artifact' as const }
  const nodes: Node[] = [
    {
      ...artifact,
      label: spec.artifact.uri.slice(spec.artifact.uri.lastIndexOf('/') + 1),
      detail: {
        uri: spec.artifact.uri,
        sha256: spec.artifact.sha256,
        bytes: String(spec.artifact.bytes),
        digest: digestEvidence,
      },
    },
    {
      id: spec.modelPackageArn,
      type: 'model-package',
      label: version.name,
      detail: { version: String(spec.version), image: spec.image.uri, id: version.id },
    },
  ]
  const edges: Edge[] = [
    {
      from: artifact.id,
      to: spec.modelPackageArn,
      relation: 'registered as',
      evidence: 'sagemaker:DescribeModelPackage',
    },
  ]
  if (spec.registeredBy.sourceIdentity) {
    const person = `person/${spec.registeredBy.sourceIdentity}`
    nodes.push({
      id: person,
      type: 'person',
      label: spec.registeredBy.name ?? spec.registeredBy.sourceIdentity,
      detail: {},
    })
    edges.push({
      from: person,
      to: spec.modelPackageArn,
      relation: 'registered',
      evidence: 'sagemaker:DescribeModelPackage CreatedBy',
    })
  }
  if (spec.trainingJob) await addJob(db, place, spec.trainingJob, artifact.id, nodes, edges)
  await recordLineage(db, place.project.id, nodes, edges)
}

async function addJob(
  db: Db,
  place: ProjectPlace,
  job: NonNullable<ModelVersion['spec']['trainingJob']>,
  artifactId: string,
  nodes: Node[],
  edges: Edge[],
): Promise<void> {
  const evidence = 'sagemaker:DescribeTrainingJob'
  nodes.push({
    id: job.arn,
    type: 'training-job',
    label: job.name,
    detail: { algorithm: job.algorithm, ...job.hyperParameters },
  })
  edges.push({ from: job.arn, to: artifactId, relation: 'produced', evidence })
  const sources = await findResources(db, 'DataSource', sql<boolean>`project_id = ${place.project.id}`)
  for (const uri of job.inputs) {
    nodes.push({ id: uri, type: 'object', label: uri.replace(/^s3:\/\/[^/]+\//, ''), detail: { uri } })
    edges.push({ from: uri, to: job.arn, relation: 'read by', evidence })
    const source = sources.find((one) => one.status.outputs.uri && uri.startsWith(one.status.outputs.uri))
    if (!source) continue
    nodes.push({
      id: `data-source/${source.id}`,
      type: 'data-source',
      label: source.name,
      detail: { classification: source.spec.classification, purpose: source.spec.purpose },
    })
    edges.push({ from: `data-source/${source.id}`, to: uri, relation: 'holds', evidence: 'the data source’s prefix' })
  }
}
