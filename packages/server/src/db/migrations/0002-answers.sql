-- The API may enter an account only to mint; what else it needs to know there, it asks the worker by a job.
-- One row is one answer; rows are read once and swept by age.
create table answer (
  id uuid primary key,
  body jsonb not null,
  at timestamptz not null default now()
);

-- One workspace per person and account: a SageMaker user profile belongs to one domain and is named by the person.
create unique index resource_workspace_member on resource (account_id, (spec ->> 'memberOid'))
  where kind = 'Workspace' and deleted_at is null;

-- One open review per model version, whoever asks at the same moment.
create unique index resource_open_review on resource ((spec ->> 'modelVersionId'))
  where kind = 'Review' and deleted_at is null and status -> 'outputs' ->> 'decision' = 'open';
