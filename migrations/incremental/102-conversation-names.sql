-- What people call a conversation, and those that they keep at the top.
alter table conversations add column name text;             -- null: its first question names it
alter table conversations add column pinned boolean not null default false;
