-- What a scan of manifests said runs, and who did which step of instrumenting it when.
create table instrumentation_workloads (
    source    text not null,                            -- which scan said so; a new one of the same name replaces the old
    namespace text not null default '',
    name      text not null,
    language  text,
    how       text,                                     -- how it can be instrumented, as the scan says; "skipped": not at all
    seen_at   timestamptz not null,
    primary key (source, namespace, name)
);

-- Append-only: what was done is not undone by forgetting it.
create table instrumentation_steps (
    id       bigint generated always as identity primary key,
    at       timestamptz not null,
    by_whom  text not null,
    what     text not null,
    services text[] not null default '{}',
    undo     text                                       -- the words or the command that take it back
);
create index instrumentation_steps_at on instrumentation_steps (at);

create function instrumentation_steps_stay() returns trigger language plpgsql as $$
begin
    raise exception 'steps of instrumentation are only added';
end $$;
create trigger instrumentation_steps_stay before update or delete on instrumentation_steps
    for each row execute function instrumentation_steps_stay();
