import type { lineageSchema } from '@uais/contract'
import type { z } from 'zod'
import type { Db } from '../db/database.ts'

type Lineage = z.input<typeof lineageSchema>

/** The graph of a project, as the worker recorded it from what AWS says. */
export async function readLineage(db: Db, projectId: string): Promise<Lineage> {
  const nodes = await db
    .selectFrom('lineage_node')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id')
    .execute()
  const edges = await db
    .selectFrom('lineage_edge')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('from_id')
    .orderBy('to_id')
    .execute()
  return {
    nodes: nodes.map(({ id, type, label, detail }) => ({
      id,
      type: type as Lineage['nodes'][number]['type'],
      label,
      detail,
    })),
    edges: edges.map(({ from_id, to_id, relation, evidence }) => ({ from: from_id, to: to_id, relation, evidence })),
  }
}
