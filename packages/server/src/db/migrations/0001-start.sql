-- Desired state, status, runs and audit. Ids are UUIDs made by the server; times are timestamptz.

create table resource (
  id uuid primary key,
  kind text not null,
  name text not null,
  account_id uuid references resource (id),
  project_id uuid references resource (id),
  generation integer not null default 1,
  spec jsonb not null,
  status jsonb not null,
  created_by jsonb,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  deletion_requested_at timestamptz,
  deleted_at timestamptz
);
-- A name is free again once its resource is gone; siblings are those of the same kind in the same project or account.
create unique index resource_name on resource
  (kind, coalesce(project_id, account_id, '00000000-0000-0000-0000-000000000000'), name) where deleted_at is null and kind not in ('ModelVersion', 'Review');
create unique index resource_aws_account on resource ((spec ->> 'awsAccountId')) where kind = 'Account' and deleted_at is null;
create unique index resource_model_package on resource ((spec ->> 'modelPackageArn')) where kind = 'ModelVersion' and deleted_at is null;
create index resource_list on resource (kind, created_at desc, id) where deleted_at is null;
create index resource_project on resource (project_id, kind) where deleted_at is null;

-- Per account: the ExternalId, made by the platform and never by a person, and whether runs may start.
create table account_link (
  account_id uuid primary key references resource (id),
  external_id text not null,
  paused boolean not null default false
);

create table run (
  id uuid primary key,
  stack_kind text not null,
  stack_key text not null,
  resource_id uuid not null references resource (id),
  generation integer not null,
  operation text not null,
  reason text not null,
  phase text not null,
  engine text,
  provider text,
  aws_account_id text not null,
  requested_by jsonb,
  approved_by jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz,
  timings jsonb not null default '[]',
  plan jsonb,
  -- The planned documents' file, encrypted with the installation's key; emptied when applied or discarded.
  plan_file bytea,
  error jsonb,
  cancel_requested_at timestamptz,
  -- Lease: which worker process holds the run, and its last heartbeat.
  lease_holder text,
  lease_until timestamptz
);
create index run_stack on run (stack_key, created_at desc);
create index run_list on run (created_at desc, id);
create unique index run_one_live_per_stack on run (stack_key) where ended_at is null;

create table run_log (
  run_id uuid not null references run (id),
  seq integer not null,
  at timestamptz not null default now(),
  level text not null,
  phase text not null,
  message text not null,
  address text,
  primary key (run_id, seq)
);

create table session (
  id_hash bytea primary key,
  tenant_id uuid not null,
  oid uuid not null,
  person jsonb not null,
  csrf_token text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  ended_at timestamptz
);
create index session_person on session (oid);

-- Device-flow and pasted tokens of the CLI; only hashes are kept.
create table access_token (
  id_hash bytea primary key,
  oid uuid not null,
  person jsonb not null,
  label text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  revoked_at timestamptz
);

create table idempotency (
  oid uuid not null,
  key text not null,
  request_hash bytea not null,
  response jsonb not null,
  status integer not null,
  created_at timestamptz not null default now(),
  primary key (oid, key)
);

create table audit (
  id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  actor jsonb,
  action text not null,
  outcome text not null,
  subject jsonb,
  project_id uuid,
  account_id uuid,
  detail text not null
);
create index audit_project on audit (project_id, id desc);
create index audit_account on audit (account_id, id desc);

create table finding (
  id uuid primary key,
  type text not null,
  title text not null,
  message text not null,
  cause text,
  actor text,
  remedy text not null,
  state text not null default 'open',
  account_id uuid,
  resource jsonb,
  -- Findings about the same thing are one row.
  dedupe_key text not null unique,
  at timestamptz not null default now()
);

create table lineage_node (
  project_id uuid not null,
  id text not null,
  type text not null,
  label text not null,
  detail jsonb not null default '{}',
  primary key (project_id, id)
);
create table lineage_edge (
  project_id uuid not null,
  from_id text not null,
  to_id text not null,
  relation text not null,
  evidence text not null,
  primary key (project_id, from_id, to_id, relation)
);

create table directory_cache (
  id uuid primary key,
  kind text not null,
  display_name text not null,
  detail jsonb not null default '{}',
  seen_at timestamptz not null default now()
);
