using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Reads.Traces;

/// <summary>Selects traces and reads single ones.</summary>
public sealed class TraceReads(CopilotDatabase database)
{
    /// <summary>The traces that match, with how many there are in all: those counted in that a kept one stands for, where not all are
    /// stored.</summary>
    public async Task<TracePage> SelectAsync(WantedTraces wanted, CancellationToken cancellationToken)
    {
        var order = Sql.Trusted(
            wanted.Selection.Order switch
            {
                TraceOrder.Oldest => "start_ns, trace_id",
                TraceOrder.Slowest => "duration_ns desc, trace_id",
                TraceOrder.Fastest => "duration_ns, trace_id",
                TraceOrder.MostErrors => "errors desc, duration_ns desc, trace_id",
                _ => "start_ns desc, trace_id",
            }
        );
        // Counted for every match only where the order needs it; the page's traces are counted below in any case.
        var errors =
            wanted.Selection.Order == TraceOrder.MostErrors
                ? Sql.Of(
                    $"(select count(*) from spans x where x.trace_id = m.trace_id and {Failing("x")} and "
                        + $"{FilterClause.Near(wanted.Window, "x")})"
                )
                : Sql.Trusted("0");
        Sql sql = $"""
            with matching as materialized (
              select m.*, {errors} as errors from ({WantedTracesClause.Matching(wanted)}) m),
            page as materialized (
              select *, row_number() over (order by {order}) as place, round(sum(weight) over ())::bigint as total
              from matching order by place limit {wanted.Selection.Limit ?? TraceSelection.UsualLimit})
            {WithRoots(wanted.Window)}
            """;
        return await PageAsync(sql, cancellationToken);
    }

    /// <summary>These traces, in this order; what is not kept near the window is left out.</summary>
    public async Task<IReadOnlyList<SelectedTrace>> OfIdsAsync(
        IReadOnlyList<TraceId> ids,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        Sql sql = $"""
            with page as (
              select trace_id, place, 0::bigint as total from unnest({ids.Select(id =>
                    id.ToGuid()
                ).ToArray()}) with ordinality as given (trace_id, place))
            {WithRoots(window)}
            """;
        return (await PageAsync(sql, cancellationToken)).Traces;
    }

    private static Sql Failing(string span) => Sql.Trusted(FailedSpans.Condition(span));

    // What is shown of each trace of the page: its root, or what stands for a missing one, and its errors.
    private static Sql WithRoots(TimeWindow window) =>
        $"""
            select page.total, page.trace_id, root.start_ns, root.duration_ns, services.name, operations.name, root.errors, root.missing
            from page
            join lateral (
              select min(s.start_ns) filter (where s.span_id = first.span_id) as start_ns,
                case when first.parent_span_id is null then first.duration_ns
                  else max(s.start_ns + s.duration_ns) - min(s.start_ns) end as duration_ns,
                first.service_id, first.operation_id, first.parent_span_id is not null as missing,
                count(*) filter (where {Failing("s")})::int as errors
              from spans s, (
                select span_id, parent_span_id, service_id, operation_id, duration_ns from spans f
                where f.trace_id = page.trace_id and {FilterClause.Near(window, "f")}
                order by f.parent_span_id is not null, f.start_ns limit 1) first
              where s.trace_id = page.trace_id and {FilterClause.Near(window, "s")}
              group by first.span_id, first.parent_span_id, first.service_id, first.operation_id, first.duration_ns) root on true
            join services on services.id = root.service_id
            join operations on operations.id = root.operation_id
            order by page.place
            """;

    private async Task<TracePage> PageAsync(Sql sql, CancellationToken cancellationToken)
    {
        long total = 0;
        var traces = await database.QueryAsync(
            sql,
            reader =>
            {
                total = reader.GetInt64(0);
                return new SelectedTrace(
                    TraceId.FromGuid(reader.GetGuid(1)),
                    UnixNanos.ToTime(reader.GetInt64(2)),
                    reader.GetInt64(3) / 1e6,
                    reader.GetString(4),
                    reader.GetString(5),
                    reader.GetInt32(6),
                    reader.GetBoolean(7)
                );
            },
            cancellationToken
        );
        return new TracePage(traces, total);
    }

    /// <summary>All spans of one trace by their start; empty where nothing of it is kept.</summary>
    /// <param name="near">Where it is looked for first; everywhere where null or where nothing is found there.</param>
    public async Task<IReadOnlyList<TraceSpan>> SpansAsync(TraceId trace, TimeWindow? near, CancellationToken cancellationToken)
    {
        if (near is { } window && await SpansAsync(trace, FilterClause.Near(window, "s"), cancellationToken) is { Count: > 0 } found)
            return found;
        return await SpansAsync(trace, Sql.Trusted("true"), cancellationToken);
    }

    private async Task<IReadOnlyList<TraceSpan>> SpansAsync(TraceId trace, Sql near, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select s.span_id, s.parent_span_id, v.name, o.name, s.kind, s.status, s.status_message, s.start_ns, s.duration_ns,
              {Failing("s")}, coalesce(s.peer_service, s.server_address, s.messaging_destination_name)
            from spans s join services v on v.id = s.service_id join operations o on o.id = s.operation_id
            where s.trace_id = {trace.ToGuid()} and {near} order by s.start_ns, s.span_id
            """;
        return await database.QueryAsync(sql, reader => TraceSpan.Of(reader) with { PeerAddress = reader.Text(10) }, cancellationToken);
    }
}

/// <summary>One trace by its root span; where that is missing, by its earliest span and its whole length.</summary>
public sealed record SelectedTrace(
    TraceId TraceId,
    DateTimeOffset Start,
    double DurationMs,
    string RootService,
    string RootOperation,
    int ErrorSpans,
    bool RootMissing
);

/// <param name="Total">How many traces match in all.</param>
public sealed record TracePage(IReadOnlyList<SelectedTrace> Traces, long Total);

/// <summary>One span of a trace.</summary>
public record TraceSpan
{
    public required SpanId SpanId { get; init; }

    public SpanId? ParentSpanId { get; init; }

    public required string Service { get; init; }

    public required string Operation { get; init; }

    public required SpanKind Kind { get; init; }

    public required SpanStatus Status { get; init; }

    public string? StatusMessage { get; init; }

    public required long StartNs { get; init; }

    public required long DurationNs { get; init; }

    /// <summary>Its status is ERROR, or it is a request whose response says that the server failed.</summary>
    public required bool Failed { get; init; }

    /// <summary>What it called, where that was read.</summary>
    public string? PeerAddress { get; init; }

    public long EndNs => StartNs + DurationNs;

    /// <summary>As what asks about a trace's shape, and not about names, takes it.</summary>
    public SampleSpan AsSample() =>
        new()
        {
            Trace = 0,
            Service = NameTable.None,
            Operation = NameTable.None,
            Id = SpanId,
            Parent = ParentSpanId ?? default,
            StartNs = StartNs,
            DurationNs = DurationNs,
            Kind = Kind,
            Status = Status,
        };

    /// <summary>From a row that begins with span_id, parent_span_id, the service's and the operation's name, kind, status,
    /// status_message, start_ns, duration_ns and whether it failed.</summary>
    internal static TraceSpan Of(NpgsqlDataReader reader) =>
        new()
        {
            SpanId = SpanId.FromInt64(reader.GetInt64(0)),
            ParentSpanId = reader.Nullable<long>(1) is { } parent ? SpanId.FromInt64(parent) : null,
            Service = reader.GetString(2),
            Operation = reader.GetString(3),
            Kind = (SpanKind)reader.GetInt16(4),
            Status = (SpanStatus)reader.GetInt16(5),
            StatusMessage = reader.Text(6),
            StartNs = reader.GetInt64(7),
            DurationNs = reader.GetInt64(8),
            Failed = reader.GetBoolean(9),
        };
}
