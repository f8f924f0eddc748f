-- What links to a trace is found from the trace; few spans have links.
create index spans_links on spans using gin (links jsonb_path_ops) where links is not null;
