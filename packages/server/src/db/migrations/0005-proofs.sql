-- The last proof of each promise in an account: of planned documents per stack, of the live ones per account.
create table guardrail_proofs (
  account_id uuid not null references resource (id),
  -- Key of the stack whose plan was proved; of the account's own stack for live proofs.
  stack_key text not null,
  basis text not null,
  control text not null,
  invariant text not null,
  verdict text not null,
  why text not null,
  counterexample jsonb,
  scope jsonb not null,
  assumptions jsonb not null,
  ms real not null,
  exception_id uuid references resource (id),
  at timestamptz not null default now(),
  primary key (account_id, stack_key, basis, invariant)
);

-- What an account's own principals could do before UAIS made anything in it: the last such proof.
create table existing_proof (
  account_id uuid primary key references resource (id),
  state text not null,
  body jsonb not null,
  started_at timestamptz not null default now()
);

-- Calls that AWS refused, as events and sweeps brought them. CloudTrail's event id makes each a row once.
create table denial (
  id uuid primary key,
  account_id uuid not null references resource (id),
  project_id uuid references resource (id),
  at timestamptz not null,
  principal text not null,
  source_identity text,
  call text not null,
  resource text,
  message text not null,
  control text,
  sid text
);
create index denial_account on denial (account_id, at desc, id);

-- How far the sweep has read an account's event history, by region.
create table trail_sweep (
  account_id uuid not null references resource (id),
  region text not null,
  read_until timestamptz not null,
  primary key (account_id, region)
);

-- The control that a finding is about, e.g. the one that stopped a call.
alter table finding add column control text;

-- Exceptions of one place, and those that run out.
create index resource_exception on resource (account_id, (spec ->> 'control')) where kind = 'Exception' and deleted_at is null;
