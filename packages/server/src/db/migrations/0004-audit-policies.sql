-- Which policies decided an act: the permits of one that was done, the forbids of one that was refused.
alter table audit add column policies text[] not null default '{}';
