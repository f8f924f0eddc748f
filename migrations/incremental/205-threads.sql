-- Which conversation a thread outside continues. The conversation may be deleted before the thread is; then a new one begins.
create table threads (
    source          text not null,
    thread          text not null,                       -- the source's own name for it: its channel and its first message
    conversation_id text not null,
    used_at         timestamptz not null,
    primary key (source, thread)
);
create index threads_used_at on threads (used_at);
