-- Telemetry as received: dictionaries, spans, logs, metric points, changes, and the attribute catalogue.
-- Times are bigint nanoseconds since the Unix epoch: timestamptz holds only microseconds.

create table services (
    id   int generated always as identity primary key,
    name text not null unique
);

create table resources (
    id                  int generated always as identity primary key,
    hash                uuid not null unique,           -- of the canonical attributes
    service_id          int not null references services (id),
    service_namespace   text,
    service_version     text,
    service_instance_id text,
    attributes          jsonb not null,                 -- all of them, the columns above included
    first_seen          timestamptz not null default now()
);
create index resources_service on resources (service_id);

create table scopes (
    id         int generated always as identity primary key,
    hash       uuid not null unique,
    name       text not null,
    version    text not null,
    attributes jsonb
);

-- An operation is a span name of a service, by kind.
create table operations (
    id         int generated always as identity primary key,
    service_id int not null references services (id),
    kind       smallint not null,
    name       text not null
);
-- md5, because a span name may be longer than a b-tree entry may be.
create unique index operations_key on operations (service_id, kind, md5(name));

create table spans (
    trace_id       uuid not null,
    span_id        bigint not null,
    parent_span_id bigint,                              -- null: the span has no parent
    start_ns       bigint not null,
    duration_ns    bigint not null,
    service_id     int not null,
    operation_id   int not null,
    resource_id    int not null,
    scope_id       int not null,
    flags          int not null default 0,
    kind           smallint not null,
    status         smallint not null,
    entry          boolean not null,                    -- kind SERVER or CONSUMER, or no parent: a request to the service
    -- Promoted attributes: what is here is not in "attributes". A value of another type stays there.
    http_response_status_code smallint,
    server_port               int,
    http_request_method       text,
    http_route                text,
    url_path                  text,
    server_address            text,
    peer_service              text,
    db_system_name            text,
    db_namespace              text,
    rpc_service               text,
    rpc_method                text,
    messaging_destination_name text,
    error_type                text,
    --
    status_message text,
    trace_state    text,
    attributes     jsonb,                               -- null: none
    events         jsonb,                               -- [{"t": ns after span start, "n": name, "a": {…}}] or null
    links          jsonb                                -- [{"t": trace id hex, "s": span id hex, "st": trace state, "a": {…}}] or null
) partition by range (start_ns);

-- One index serves the trace look-up and idempotency at once.
create unique index spans_key on spans (trace_id, span_id, start_ns);
create index spans_service_start on spans (service_id, start_ns);
create index spans_root_start on spans (start_ns) where parent_span_id is null;
create index spans_error_start on spans (start_ns) where status = 2;
create table spans_default partition of spans default;

create table logs (
    time_ns       bigint not null,                      -- the record's time, else the observed time
    trace_id      uuid,
    span_id       bigint,
    service_id    int not null,
    resource_id   int not null,
    scope_id      int not null,
    severity      smallint not null,                    -- OTLP's severityNumber; 0: not given
    flags         int not null default 0,
    severity_text text,
    event_name    text,
    body          text,                                 -- a string body as it is, any other shape as JSON
    body_is_json  boolean not null default false,
    attributes    jsonb
) partition by range (time_ns);
create index logs_service_time on logs (service_id, time_ns);
create index logs_trace on logs (trace_id) where trace_id is not null;
create index logs_severe_time on logs (time_ns) where severity >= 17;
create table logs_default partition of logs default;

create table metric_series (
    id          int generated always as identity primary key,
    hash        uuid not null unique,
    resource_id int not null,
    service_id  int not null,
    name        text not null,
    unit        text not null,
    kind        text not null check (kind in ('gauge', 'sum', 'histogram', 'exponential_histogram', 'summary')),
    temporality smallint not null default 0,            -- 0 unspecified, 1 delta, 2 cumulative
    monotonic   boolean not null default false,
    attributes  jsonb
);
create index metric_series_name on metric_series (service_id, name);

create table metric_points (
    series_id int not null,
    time_ns   bigint not null,
    start_ns  bigint not null,
    flags     int not null default 0,
    value     double precision,                         -- gauge and sum
    count     bigint,                                   -- histograms and summaries
    sum       double precision,
    min       double precision,
    max       double precision,
    buckets   jsonb,                                    -- {"bounds": […], "counts": […]}, or the exponential shape, or quantiles
    exemplars jsonb
) partition by range (time_ns);
create unique index metric_points_key on metric_points (series_id, time_ns, start_ns);
create table metric_points_default partition of metric_points default;

create table changes (
    id               bigint generated always as identity primary key,
    time             timestamptz not null,
    service          text not null,
    kind             text not null,                     -- deploy, rollback, flag, config, scale, …
    version          text,
    previous_version text,
    summary          text not null default '',
    author           text,
    url              text,
    source           text not null default 'api',       -- api, import, or service.version (seen in telemetry)
    attributes       jsonb,
    unique nulls not distinct (time, service, kind, version, summary)
);
create index changes_time on changes (time);

-- What attributes there are, kept off the hot path: for completion, typing and the interpreter.
create table attribute_keys (
    level        text not null check (level in ('span', 'resource', 'event', 'link', 'scope', 'log')),
    key          text not null,
    service_id   int not null,
    type         text not null check (type in ('string', 'int', 'double', 'bool', 'array', 'object', 'bytes')),
    entry        boolean not null,                      -- seen on entry spans
    many_values  boolean not null default false,        -- more distinct values than are kept: ids, texts
    last_seen_ns bigint not null,
    primary key (level, key, service_id, type)
);
create table attribute_values (
    level        text not null,
    key          text not null,
    service_id   int not null,
    value        text not null,                         -- at most 200 characters, as text
    type         text not null,
    entry        boolean not null,
    seen         bigint not null,                       -- how often, roughly
    last_seen_ns bigint not null,
    primary key (level, key, service_id, value)
);
create index attribute_values_value on attribute_values (lower(value));
