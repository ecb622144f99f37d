import type { CounterexampleView, Kind, Person, ProofResult } from '@uais/contract'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

/** The tables of `migrations/`, as kysely sees them: what a select gives, and what an insert and an update take. */
type At = ColumnType<Date, Date | string | undefined, Date | string>
type MaybeAt = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>
type MaybeJson<T> = ColumnType<T | null, string | null | undefined, string | null>

export interface ResourceTable {
  id: string
  kind: Kind
  name: string
  account_id: string | null
  project_id: string | null
  generation: Generated<number>
  spec: JSONColumnType<object>
  status: JSONColumnType<object>
  created_by: MaybeJson<Person>
  created_at: At
  updated_at: At
  deletion_requested_at: MaybeAt
  deleted_at: MaybeAt
}

export interface RunTable {
  id: string
  stack_kind: string
  stack_key: string
  resource_id: string
  generation: number
  operation: string
  reason: string
  phase: string
  engine: string | null
  provider: string | null
  aws_account_id: string
  requested_by: MaybeJson<Person>
  approved_by: MaybeJson<Person>
  created_at: At
  started_at: MaybeAt
  ended_at: MaybeAt
  timings: ColumnType<object[], string | undefined, string>
  plan: MaybeJson<object>
  plan_file: Buffer | null
  error: MaybeJson<{ code: string; message: string; remedy: string }>
  cancel_requested_at: MaybeAt
  lease_holder: string | null
  lease_until: MaybeAt
  input_sha256: string | null
  credentials_until: MaybeAt
  apply_started_at: MaybeAt
}

interface RunLogTable {
  run_id: string
  seq: number
  at: At
  level: string
  phase: string
  message: string
  address: string | null
}

export interface Tables {
  resource: ResourceTable
  account_link: { account_id: string; external_id: string; paused: Generated<boolean> }
  run: RunTable
  run_log: RunLogTable
  run_documents: { run_id: string; policies: JSONColumnType<Record<string, string>> }
  worker_process: {
    id: string
    host: string
    pid: number
    started_at: string
    queue_workers: string[]
    seen_at: At
  }
  session: {
    id_hash: Buffer
    tenant_id: string
    oid: string
    person: JSONColumnType<Person>
    csrf_token: string
    created_at: At
    expires_at: At
    ended_at: MaybeAt
  }
  access_token: {
    id_hash: Buffer
    oid: string
    person: JSONColumnType<Person>
    label: string
    created_at: At
    expires_at: At
    revoked_at: MaybeAt
  }
  idempotency: {
    oid: string
    key: string
    request_hash: Buffer
    response: JSONColumnType<object>
    status: number
    created_at: At
  }
  audit: {
    id: Generated<string>
    at: At
    actor: MaybeJson<Person>
    action: string
    outcome: string
    subject: MaybeJson<{ kind: string; id: string; name: string }>
    project_id: string | null
    account_id: string | null
    detail: string
    policies: ColumnType<string[], string[] | undefined, string[]>
  }
  finding: {
    id: string
    type: string
    title: string
    message: string
    cause: string | null
    actor: string | null
    control: string | null
    remedy: string
    state: Generated<string>
    account_id: string | null
    resource: MaybeJson<{ kind: Kind; id: string; name: string }>
    dedupe_key: string
    at: At
  }
  lineage_node: {
    project_id: string
    id: string
    type: string
    label: string
    detail: JSONColumnType<Record<string, string>>
  }
  lineage_edge: { project_id: string; from_id: string; to_id: string; relation: string; evidence: string }
  directory_cache: {
    id: string
    kind: string
    display_name: string
    detail: JSONColumnType<object>
    seen_at: At
  }
  guardrail_proofs: {
    account_id: string
    stack_key: string
    basis: string
    control: string
    invariant: string
    verdict: string
    why: string
    counterexample: MaybeJson<CounterexampleView>
    scope: JSONColumnType<ProofResult['scope']>
    assumptions: JSONColumnType<string[]>
    ms: number
    exception_id: string | null
    at: At
  }
  existing_proof: { account_id: string; state: string; body: JSONColumnType<object>; started_at: At }
  denial: {
    id: string
    account_id: string
    project_id: string | null
    at: At
    principal: string
    source_identity: string | null
    call: string
    resource: string | null
    message: string
    control: string | null
    sid: string | null
  }
  seen_event: { id: string; at: At }
  trail_sweep: { account_id: string; region: string; read_until: At }
  /** Answers of the worker to questions that the API asks it (`queue` → `resources/ask.ts`). */
  answer: { id: string; body: JSONColumnType<object>; at: At }
}
