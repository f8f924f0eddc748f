-- Pages that wake people, what an incident's record is counted by, and traces that outlive retention.
alter table incident_steps drop constraint incident_steps_kind_check;
alter table incident_steps add constraint incident_steps_kind_check
    check (kind in ('open', 'subject', 'purpose', 'guide', 'pin', 'link', 'invite', 'tell', 'post', 'page', 'page_end'));

alter table incident_invitees add column page text check (page in ('waiting', 'paged', 'refused'));  -- null: nobody asked for a page
alter table incident_invitees add column page_detail text;

alter table incidents add column teams text[] not null default '{}';   -- the owners of its causes, at the confirmation
alter table incidents add column operation text;                       -- of the first cause
alter table incidents add column cause_kind text;
alter table incidents add column change_kind text;                     -- of the change that the first cause is laid to
alter table incidents add column change_service text;
alter table incidents add column change_version text;
alter table incidents add column change_at timestamptz;
create index incidents_created_at on incidents (created_at);
create index proposals_created_at on proposals (created_at);

-- A cited trace is kept as long as its hour is; a pinned one stays when its hour is dropped.
alter table cited_traces add column pinned boolean not null default false;
alter table telemetry_partitions add column pinned_only boolean not null default false;
