import type {
  Account,
  Condition,
  DataSource,
  Deployment,
  Exception,
  Kind,
  Model,
  ModelVersion,
  Person,
  Phase,
  Project,
  Review,
  Workspace,
} from '@uais/contract'
import type { Selectable } from 'kysely'
import type { ResourceTable } from '../db/schema.ts'

/** The kinds with their types, so that `readResource(db, 'Project', id)` gives a Project. */
interface Kinds {
  Account: Account
  Project: Project
  Workspace: Workspace
  DataSource: DataSource
  Model: Model
  ModelVersion: ModelVersion
  Review: Review
  Deployment: Deployment
  Exception: Exception
}
export type Resource<K extends Kind = Kind> = Kinds[K]
export type SpecOf<K extends Kind> = Kinds[K]['spec']
export type StatusOf<K extends Kind> = Kinds[K]['status']
export type OutputsOf<K extends Kind> = StatusOf<K>['outputs']

/** What a status write changes: outputs are merged by name, conditions by type. */
export interface StatusPatch<K extends Kind> {
  phase?: Phase
  observedGeneration?: number
  /** `at` moves only when the condition's status changes, as in Kubernetes. */
  conditions?: readonly Omit<Condition, 'at'>[]
  outputs?: Partial<OutputsOf<K>>
  lastRunId?: string | null
}

/** The envelope of a row, as the contract shows it. */
export function resourceFrom<K extends Kind>(row: Selectable<ResourceTable>): Resource<K> {
  const envelope = {
    kind: row.kind,
    id: row.id,
    name: row.name,
    generation: row.generation,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
    createdBy: row.created_by,
    deletionRequestedAt: row.deletion_requested_at?.toISOString() ?? null,
    accountId: row.account_id,
    projectId: row.project_id,
    spec: row.spec,
    status: row.status,
  }
  // Rows are written through these types only; answers are checked again against the contract on their way out.
  return envelope as unknown as Resource<K>
}

/** The status that follows from `patch`. A condition keeps its time for as long as its status stays the same. */
export function patched<K extends Kind>(status: StatusOf<K>, patch: StatusPatch<K>, now: Date): StatusOf<K> {
  const known = new Map(status.conditions.map((condition) => [condition.type, condition]))
  for (const condition of patch.conditions ?? []) {
    const before = known.get(condition.type)
    const at = before?.status === condition.status ? before.at : now.toISOString()
    known.set(condition.type, { ...condition, at })
  }
  return {
    ...status,
    ...(patch.phase ? { phase: patch.phase } : {}),
    ...(patch.observedGeneration === undefined ? {} : { observedGeneration: patch.observedGeneration }),
    ...(patch.lastRunId === undefined ? {} : { lastRunId: patch.lastRunId }),
    conditions: [...known.values()],
    outputs: { ...status.outputs, ...patch.outputs },
  }
}

/** The status that every kind starts with. */
export function firstStatus<K extends Kind>(outputs: OutputsOf<K>, phase: Phase = 'Pending'): StatusOf<K> {
  return { phase, observedGeneration: 0, conditions: [], outputs, lastRunId: null } as unknown as StatusOf<K>
}

/** Whose act it is: null for the platform's own. */
export type Actor = Person | null
