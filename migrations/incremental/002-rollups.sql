-- Numbers of every span received, kept when the spans themselves are not; and what the intake and its followers remember.

-- Intake appends deltas in the transaction that stores the spans; one leader folds them into minutes and hours, which are never behind
-- each other. A window's numbers: whole hours from hours, the minutes beside them from minutes, plus all deltas in the window.
create table span_rollup_deltas (
    minute_ns    bigint not null,                       -- start of the minute in which the spans start
    service_id   int not null,
    operation_id int not null,                          -- has the kind
    entry        boolean not null,
    root         boolean not null,                      -- no parent
    status       smallint not null,
    count        bigint not null,                       -- spans received
    extrapolated double precision not null,             -- what they stand for where senders sampled; else the same as count
    sum_ns       bigint not null,                       -- of durations; stays at the largest bigint where it would not fit
    min_ns       bigint not null,
    max_ns       bigint not null,
    histogram    bytea not null                         -- packed DurationHistogram, merged in C#
);
create index span_rollup_deltas_minute on span_rollup_deltas (minute_ns);

create table span_rollup_minutes (
    like span_rollup_deltas,
    primary key (minute_ns, operation_id, entry, root, status)
);
create table span_rollup_hours (
    like span_rollup_deltas,                            -- minute_ns: start of the hour
    primary key (minute_ns, operation_id, entry, root, status)
);

-- Caller → callee per minute of the callee's (for a peer the caller's) start, by a pass over settled minutes.
create table edge_minutes (
    minute_ns         bigint not null,
    caller_service_id int not null,
    callee_service_id int,                              -- null: a peer, which sends no spans
    peer              text,                             -- the peer's address; null for a service
    count             bigint not null,                  -- calls: the callee's spans, for a peer the caller's
    failed            bigint not null,                  -- of these with status ERROR
    sum_ns            bigint not null,
    histogram         bytea not null,                   -- packed DurationHistogram of the same spans
    client_count      bigint not null,                  -- client and producer spans among the callers' spans
    client_failed     bigint not null,
    client_sum_ns     bigint not null,
    client_histogram  bytea not null,
    unique nulls not distinct (minute_ns, caller_service_id, callee_service_id, peer)
);
create index edge_minutes_caller on edge_minutes (caller_service_id, minute_ns);
create index edge_minutes_callee on edge_minutes (callee_service_id, minute_ns) where callee_service_id is not null;

-- Minutes that got spans or logs and that a follower has yet to look at; written in the intake's transaction.
create table pending_minutes (
    pass       smallint not null,                       -- 1 edges, 2 catalogue of spans, 3 catalogue of logs
    minute_ns  bigint not null,
    arrived_at timestamptz not null default now()
);
create index pending_minutes_pass on pending_minutes (pass, minute_ns);

-- Requests whose items have no key of their own (logs) or left none (shed spans): the same request again adds nothing.
create table received_requests (
    hash        uuid primary key,
    received_at timestamptz not null default now(),
    imported    boolean not null default false
);
create index received_requests_received on received_requests (received_at) where not imported;

-- What is known of each partition made for an hour.
create table telemetry_partitions (
    parent       text not null check (parent in ('spans', 'logs', 'metric_points')),
    from_ns      bigint not null,
    to_ns        bigint not null,
    name         text not null unique,
    made_at      timestamptz not null default now(),
    last_arrival timestamptz not null default now(),
    imported     boolean not null default false,        -- holds telemetry brought in from files: not dropped by default
    distilled_at timestamptz,
    primary key (parent, from_ns)
);

-- Distillation: why a span outlived the hot window, and how many it stands for (null: 1).
alter table spans add column weight real;
alter table spans add column kept smallint;             -- bits: 1 failed, 2 slow, 4 rare, 8 cited, 16 uniform share; null: not distilled

-- Traces that an answer or an incident cites: kept whole as long as anything is.
create table cited_traces (
    trace_id uuid primary key,
    cited_at timestamptz not null default now(),
    why      text not null default ''
);

-- Decisions of the hour before, so that a trace over an hour's end is kept or left as a whole.
create table distilled_traces (
    trace_id uuid not null,
    hour_ns  bigint not null,
    kept     smallint not null,
    weight   real not null,
    primary key (trace_id, hour_ns)
);
create index distilled_traces_hour on distilled_traces (hour_ns);
