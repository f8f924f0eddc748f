-- When a trace happened: the first and last start of its spans, the first and last time of its logs; nulls where there are none.
-- Every partition's index is asked, by a plan that each connection makes once: planning over all partitions takes ten times as long as
-- asking them. With the times known the reads themselves touch only the partitions that hold something.
create or replace function trace_extent(trace uuid, out first_ns bigint, out last_ns bigint, out first_log_ns bigint, out last_log_ns bigint)
language plpgsql stable parallel safe set plan_cache_mode = force_generic_plan as $$
begin
    select min(s.start_ns), max(s.start_ns) into first_ns, last_ns from (select start_ns from spans where trace_id = trace offset 0) s;
    select min(l.time_ns), max(l.time_ns) into first_log_ns, last_log_ns from (select time_ns from logs where trace_id = trace offset 0) l;
end
$$;
