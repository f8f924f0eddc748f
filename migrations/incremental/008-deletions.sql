-- What somebody asked to be deleted: done hour by hour by one process, taken up again by another where that one dies.
create table deletions (
    id              bigint generated always as identity primary key,
    digest          text not null,                      -- of the scope, as its preview told it
    service         text,                               -- null: all
    from_ns         bigint not null,
    to_ns           bigint not null,
    attribute_key   text,
    attribute_value text,                               -- forgotten when it is done
    asked_by        text not null,
    asked_at        timestamptz not null default now(),
    spans           bigint not null default 0,          -- taken so far
    logs            bigint not null default 0,
    points          bigint not null default 0,
    problem         text,                               -- of the last try
    done_at         timestamptz
);
create index deletions_open on deletions (id) where done_at is null;

create table deletion_traces (
    deletion_id bigint not null references deletions (id) on delete cascade,
    trace_id    uuid not null,
    primary key (deletion_id, trace_id)
);
