-- Who owns what, who is on call, and what to do: files as they were handed in. Content is the last version that could be read.
create table catalog_files (
    path         text primary key,
    kind         text not null check (kind in ('backstage', 'codeowners', 'oncall', 'runbook', 'unknown')),
    content      text,                                  -- null: no version was ever good
    loaded_at    timestamptz,                           -- when content came
    error        text,                                  -- of a newer version that could not be read; null: content is the newest
    error_line   bigint,
    error_column bigint,
    error_at     timestamptz
);

-- Counts up with every change of the files, so that readers know when to read them again.
create table catalog_version (
    id      int primary key default 1 check (id = 1),   -- one row only
    version bigint not null
);
insert into catalog_version (version) values (0);
