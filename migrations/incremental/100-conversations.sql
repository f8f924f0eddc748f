-- Conversations: what was asked, how it was read, and the whole answer with its evidence.
create table conversations (
    id         text primary key,
    asker      text not null,
    title      text not null,                           -- the first question
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index conversations_updated on conversations (updated_at desc);

create table conversation_turns (
    conversation_id text not null references conversations (id) on delete cascade,
    number          int not null,                       -- from 1
    asked_at        timestamptz not null,
    asker           text not null,
    question        text not null,
    as_of           timestamptz not null,
    time_zone       text not null,
    engine          text not null,
    outcome         text not null,
    elapsed_ms      double precision not null,
    plan            jsonb,                              -- how it was read; null where a model answered
    focus           jsonb,                              -- what "it" means in the next question
    answer          jsonb not null,
    feedback        text check (feedback in ('right', 'wrong')),
    expected        text,                               -- what the asker had expected instead
    primary key (conversation_id, number)
);
create index conversation_turns_words on conversation_turns using gin (to_tsvector('simple', question));
