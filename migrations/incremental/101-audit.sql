-- What left for a model, question by question, as it left: after redaction. Written before it leaves.
create table model_audit (
    id              bigint generated always as identity primary key,
    conversation_id text,                               -- null until the question has its answer
    turn            int,
    asked_at        timestamptz not null,
    asker           text not null,
    provider        text not null,
    model           text not null,
    address         text,                               -- scheme and host, where one is configured
    rounds          int not null,
    input_tokens    bigint not null,
    output_tokens   bigint not null,
    cost            numeric,                            -- null where no price is known
    currency        text,
    outcome         text not null,                      -- asking, answered, or why the built-in interpreter stood in
    messages        jsonb not null
);
create index model_audit_turn on model_audit (conversation_id, turn);
create index model_audit_asked on model_audit (asked_at desc);

-- Feedback that a scorer can use: what was expected, in its format; who said so and when.
alter table conversation_turns add column expect jsonb;
alter table conversation_turns add column rated_by text;
alter table conversation_turns add column rated_at timestamptz;

-- Conversations are searched by their answers too.
drop index conversation_turns_words;
create index conversation_turns_words on conversation_turns using gin (to_tsvector('simple', question || ' ' || coalesce(answer ->> 'answer', '')));
