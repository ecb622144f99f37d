import type { Db } from '../db/database.ts'

export interface Node {
  id: string
  type: 'object' | 'data-source' | 'training-job' | 'artifact' | 'model-package' | 'review' | 'endpoint' | 'person'
  label: string
  detail: Record<string, string>
}

export interface Edge {
  from: string
  to: string
  relation: string
  /** Where the fact comes from: the API call or event that told it. */
  evidence: string
}

/** Adds what was learnt; what is known already is refreshed. Nothing is taken away: lineage is history. */
export async function recordLineage(
  db: Db,
  projectId: string,
  nodes: readonly Node[],
  edges: readonly Edge[],
): Promise<void> {
  for (const { id, type, label, detail } of nodes)
    await db
      .insertInto('lineage_node')
      .values({ project_id: projectId, id, type, label, detail: JSON.stringify(detail) })
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'id']).doUpdateSet({ type, label, detail: JSON.stringify(detail) }),
      )
      .execute()
  for (const { from, to, relation, evidence } of edges)
    await db
      .insertInto('lineage_edge')
      .values({ project_id: projectId, from_id: from, to_id: to, relation, evidence })
      .onConflict((conflict) =>
        conflict.columns(['project_id', 'from_id', 'to_id', 'relation']).doUpdateSet({ evidence }),
      )
      .execute()
}
