-- CloudTrail events that were acted upon: queue and sweep bring the same ones, and late ones come again.
create table seen_event (
  id uuid primary key,
  at timestamptz not null default now()
);
