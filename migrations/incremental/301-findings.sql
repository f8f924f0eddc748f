-- A finding keeps the answer that it opens with, and where it was told outside the app.
alter table suggestions add column source text not null default 'watch';  -- watch, or the alerting system that asked for a look
alter table suggestions add column answer jsonb;                          -- the trouble as it was found; null: nothing was

create table suggestion_tellings (
    suggestion_id text not null references suggestions (id) on delete cascade,
    place         text not null,                       -- the name of the place outside: where findings are posted
    state         text not null check (state in ('opening', 'open', 'closed', 'refused')),
    reference     text,                                -- what the post is called there
    reason        text,                                -- why it was refused
    changed_at    timestamptz not null,
    primary key (suggestion_id, place)
);
