-- Keys of programs. The secret itself is nowhere: what is kept is its SHA-256, which is enough for 256 random bits.
create table access_keys (
    id           text primary key,
    name         text not null,
    hash         bytea not null,
    scopes       text[] not null,
    created_at   timestamptz not null,
    created_by   text not null,
    expires_at   timestamptz,                           -- null: until it is revoked
    last_used_at timestamptz,                           -- to the minute
    replaces     text references access_keys (id)       -- the key that this one was made from by rotation
);

-- Who is signed in. The cookie carries a random value of which this is the SHA-256, and nothing else that counts.
create table sign_in_sessions (
    id         bytea primary key,
    subject    text not null,
    name       text not null,
    groups     text[] not null,                         -- as the identity provider told them; the role follows from the settings
    started_at timestamptz not null,
    expires_at timestamptz not null
);
create index sign_in_sessions_expires_at on sign_in_sessions (expires_at);

-- What the cookies are encrypted with, for all instances on this database.
create table protection_keys (
    name text primary key,
    xml  text not null
);

-- Who did what. Each entry carries the hash of the one before it, so that a change, a gap or an insertion shows.
create table audit_entries (
    seq      bigint primary key,
    at       timestamptz not null,
    actor    text not null,
    via      text not null,
    action   text not null,
    target   text not null,
    outcome  text not null,
    previous bytea not null,
    hash     bytea not null
);
create index audit_entries_at on audit_entries (at);

-- Where the chain begins: moved on by retention alone, which takes the oldest entries and no others.
create table audit_anchor (
    id    bool primary key default true check (id),     -- there is one
    seq   bigint not null,
    hash  bytea not null,
    until timestamptz
);
insert into audit_anchor (seq, hash) values (0, decode(repeat('00', 32), 'hex'));

-- Keeps programs of this database from changing an entry by mistake. Against its owner only the chain helps.
create function audit_refuse() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' and current_setting('copilot.audit_retention', true) = 'on' then
        return old;
    end if;
    raise exception 'The audit log is appended to and nothing else.';
end $$;
create trigger audit_append_only before update or delete on audit_entries for each row execute function audit_refuse();
create trigger audit_not_emptied before truncate on audit_entries for each statement execute function audit_refuse();
