-- Worker processes with their proof of life: whoever finds one gone releases its jobs and its runs.
create table worker_process (
  id text primary key,
  host text not null,
  pid integer not null,
  started_at text not null,
  -- Ids that the queue knows its workers by; jobs locked by them are freed when the process is proved gone.
  queue_workers text[] not null default '{}',
  seen_at timestamptz not null default now()
);

-- Digest of what the run was made from (variables and sources): a reconcile that finds the same needs no plan.
alter table run add column input_sha256 text;
-- The AWS sessions of the run end then; a process that nobody can look at can do nothing afterwards.
alter table run add column credentials_until timestamptz;
-- Set where the apply began: what comes after a run that was lost in the middle of it must look for orphans.
alter table run add column apply_started_at timestamptz;
