import type { DataSource, evidenceSchema, ModelVersion } from '@uais/contract'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '../db/database.ts'
import { findResources } from '../resources/store.ts'

/** What the platform itself knows of a model version: collected when it is submitted, so that nobody types it. */
export async function evidenceFor(db: Db, version: ModelVersion): Promise<z.infer<typeof evidenceSchema>> {
  const sources = await findResources(db, 'DataSource', sql<boolean>`project_id = ${version.projectId}`)
  return {
    metrics: version.spec.metrics,
    trainingJobArn: version.spec.trainingJob?.arn ?? null,
    inputs: (version.spec.trainingJob?.inputs ?? []).map((uri) => {
      const source = sourceOf(uri, sources)
      return { uri, dataSource: source?.name ?? null, classification: source?.spec.classification ?? null }
    }),
    artifactSha256: version.spec.artifact.sha256,
    imageUri: version.spec.image.uri,
  }
}

/** The data source whose prefix holds the input; the longest where one lies inside another. */
export function sourceOf(uri: string, sources: readonly DataSource[]): DataSource | undefined {
  return sources
    .filter((source) => source.status.outputs.uri && `${uri}/`.startsWith(source.status.outputs.uri))
    .sort((a, b) => (b.status.outputs.uri?.length ?? 0) - (a.status.outputs.uri?.length ?? 0))[0]
}
