-- What the watch found by itself: an investigation, already answered, open while the trouble lasts.
create table suggestions (
    id           text primary key,
    opened_at    timestamptz not null,
    last_seen_at timestamptz not null,
    closed_at    timestamptz,
    window_from  timestamptz not null,
    window_to    timestamptz not null,
    cause        text not null,
    operation    text,
    kind         text not null,
    confidence   double precision not null,
    summary      text not null,
    services     text[] not null,                       -- the cause and those affected, for telling one trouble from another
    trace_ids    text[] not null
);
create index suggestions_open on suggestions (opened_at) where closed_at is null;
create index suggestions_opened on suggestions (opened_at);
