-- Previews, incidents, and the outbox that makes what a confirmation promised.
create table proposals (
    id         text primary key,
    digest     text not null,
    body       jsonb not null,
    created_at timestamptz not null
);

create table incidents (
    id          text primary key,
    number      int generated always as identity unique,
    proposal_id text not null unique references proposals (id),  -- one confirmation makes one incident, however often it is sent
    title       text not null,
    severity    text not null,
    state       text not null check (state in ('open', 'resolved')),
    room_name   text not null,
    window_from timestamptz not null,
    window_to   timestamptz not null,
    causes      text[] not null,
    affected    text[] not null,
    created_by  text not null,
    created_at  timestamptz not null,
    resolved_by text,
    resolved_at timestamptz
);
create index incidents_open on incidents (window_from, window_to) where state = 'open';

create table incident_invitees (
    incident_id text not null references incidents (id) on delete cascade,
    place       int not null,
    name        text not null,
    contact     text,
    team        text not null,
    why         text not null,
    source      text not null,
    outcome     text not null check (outcome in ('waiting', 'listed', 'invited', 'already_there', 'not_found', 'refused')),
    detail      text,
    primary key (incident_id, place)
);

-- The outbox. Steps of one incident and room run in the order of place; each is done once.
create table incident_steps (
    id           bigint generated always as identity primary key,
    incident_id  text not null references incidents (id) on delete cascade,
    room         text not null,                           -- which implementation of the port
    place        int not null,
    kind         text not null check (kind in ('open', 'subject', 'purpose', 'guide', 'pin', 'link', 'invite', 'tell', 'post')),
    payload      jsonb not null,
    state        text not null default 'waiting' check (state in ('waiting', 'running', 'done', 'failed', 'skipped')),
    in_doubt     boolean not null default false,          -- it may have happened outside without being written here
    attempts     int not null default 0,
    not_before   timestamptz not null,
    lease_until  timestamptz,
    lease_holder text,
    external_id  text,
    external_name text,
    error        text,
    finished_at  timestamptz,
    unique (incident_id, room, place)
);
create index incident_steps_open on incident_steps (id) where state in ('waiting', 'running');

create table incident_events (
    id          bigint generated always as identity primary key,
    incident_id text not null references incidents (id) on delete cascade,
    at          timestamptz not null,
    kind        text not null,                            -- created, room, guide, invite, note, tick, resolved, problem, finding
    actor       text not null,
    text        text not null
);
create index incident_events_incident on incident_events (incident_id, id);

create table incident_ticks (
    incident_id text not null references incidents (id) on delete cascade,
    step        int not null,                             -- the guide's tick boxes, counted from 0
    done_by     text not null,
    done_at     timestamptz not null,
    primary key (incident_id, step)
);

-- What has been taken in once already: deliveries that their sender repeats.
create table taken_once (
    key      text primary key,
    taken_at timestamptz not null
);
create index taken_once_taken_at on taken_once (taken_at);
