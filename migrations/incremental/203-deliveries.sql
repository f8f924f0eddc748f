-- What another system handed over and was acknowledged: it is worked off once, whatever happens to the process.
create table deliveries (
    id           bigint generated always as identity primary key,
    source       text not null,
    key          text not null,                         -- the sender's own name for it; the same again is not taken twice
    kind         text not null,
    body         text not null,
    received_at  timestamptz not null,
    state        text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed')),
    attempts     int not null default 0,
    not_before   timestamptz not null,
    progress     text,                                  -- what was made outside already, for whoever takes it up again
    lease_until  timestamptz,
    lease_holder text,
    error        text,
    unique (source, key)
);
create index deliveries_open on deliveries (id) where state in ('waiting', 'running');
create index deliveries_received_at on deliveries (received_at);

-- Deliveries know what was taken; nothing else asked for this.
drop table taken_once;
