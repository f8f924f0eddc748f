-- Where catalogue files come from on a schedule: folders, a Backstage server, PagerDuty.
alter table catalog_files add column source text;       -- the source that brought it; null: handed in

create table catalog_sources (
    name         text primary key,
    kind         text not null check (kind in ('folder', 'backstage', 'pagerduty')),
    place        text not null,                         -- the folder or address, for people
    tried_at     timestamptz,
    refreshed_at timestamptz,                           -- when it was last read as a whole
    files        int not null default 0,
    error        text                                   -- of the last try; null: it was good
);
