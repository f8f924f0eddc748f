-- Each alert that another system told: a delivery that comes late or again is known by it, and an investigation by its alerts.
create table alerts (
    id               text primary key,                          -- a digest of the source and of what the alert is there
    source           text not null,
    title            text not null,
    firing           boolean not null,
    started_at       timestamptz not null,                      -- the latest start that was told
    ended_at         timestamptz,                               -- the latest end that was told; null: none was
    investigation_id text references suggestions (id) on delete set null,
    last_seen_at     timestamptz not null
);
create index alerts_firing on alerts (investigation_id) where firing;
create index alerts_over on alerts (last_seen_at) where not firing;
