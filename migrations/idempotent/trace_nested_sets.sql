-- TraceQL's nestedSetLeft, nestedSetRight and nestedSetParent of all spans of a trace: {"span id/start": [left, right, parent]}.
-- Depth first from each root, siblings by their start: the left number on the way down, the right one on the way up, the parent's left
-- beside them; -1 there for roots. What hangs below no root (its parent was not received, or it is its own ancestor) has 0 in all three,
-- and so has a trace in which more than two spans share one id. Two may: senders of Zipkin give a call's two sides one id, and its kind
-- tells which of them is the parent.
create or replace function trace_nested_sets(trace uuid, from_ns bigint, to_ns bigint) returns jsonb
language plpgsql stable parallel safe cost 10000 set plan_cache_mode = force_generic_plan as $$
declare
    names   text[];
    parents int[];                                      -- places in these arrays; 0: a root, -1: not received
    firsts  int[];                                      -- first child, 0: none
    nexts   int[];                                      -- next sibling, 0: none
    lefts   int[];
    rights  int[];
    at      int;
    bound   int := 1;
begin
    with received as materialized (
        select s.span_id, s.parent_span_id, s.start_ns, s.kind, row_number() over (order by s.start_ns, s.span_id, s.kind)::int as place
        from spans s where s.trace_id = trace and s.start_ns >= from_ns and s.start_ns < to_ns
    ), ids as (
        select span_id, count(*) as sides, min(place) as place, min(place) filter (where kind = 2) as server, min(place) filter (where kind = 3) as client
        from received group by span_id
    ), placed as (
        select r.place, r.span_id || '/' || r.start_ns as name,
            case when r.parent_span_id is null then 0
                else coalesce(case i.sides when 1 then i.place when 2 then case r.kind when 2 then i.client else i.server end end, -1) end as parent
        from received r left join ids i on i.span_id = r.parent_span_id
    ), linked as (
        select p.*, lead(p.place) over (partition by p.parent order by p.place) as next from placed p
    ), headed as (
        select parent, min(place) as first from placed group by parent
    )
    select array_agg(l.name order by l.place), array_agg(l.parent order by l.place), array_agg(coalesce(h.first, 0) order by l.place),
        array_agg(coalesce(l.next, 0) order by l.place),
        case when exists (select from ids where sides > 2) then 0 else min(l.place) filter (where l.parent = 0) end
    into names, parents, firsts, nexts, at
    from linked l left join headed h on h.parent = l.place;

    lefts := array_fill(0, array[coalesce(cardinality(names), 0)]);
    rights := lefts;
    while at > 0 loop                                    -- a null ends it too: no root
        lefts[at] := bound;
        bound := bound + 1;
        if firsts[at] > 0 then
            at := firsts[at];
            continue;
        end if;
        while at > 0 loop
            rights[at] := bound;
            bound := bound + 1;
            if nexts[at] > 0 then
                at := nexts[at];
                exit;
            end if;
            at := parents[at];
        end loop;
    end loop;
    return (select jsonb_object_agg(n, jsonb_build_array(lefts[i], rights[i], case parents[i] when 0 then -1 when -1 then 0 else lefts[parents[i]] end))
            from unnest(names) with ordinality u(n, i));
end
$$;
