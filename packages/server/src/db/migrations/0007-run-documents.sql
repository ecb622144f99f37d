-- The policies that a run was to put in place: what is live is compared with what was applied, not with what a newer
-- release or a changed spec would compile.
create table run_documents (
  run_id uuid primary key references run (id) on delete cascade,
  policies jsonb not null
);
