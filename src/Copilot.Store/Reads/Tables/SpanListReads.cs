using Copilot.Store.Commands;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;

namespace Copilot.Store.Reads.Tables;

/// <summary>The requests or spans themselves that a table would count, or the traces.</summary>
public sealed class SpanListReads(CopilotDatabase database)
{
    /// <param name="query">Which; its groups are read as columns, its measures are not.</param>
    /// <param name="order">Equal ones come newest first.</param>
    /// <returns>With how many there are in all: those counted in that a kept one stands for.</returns>
    public async Task<SpanListPage> ReadAsync(SpanTableQuery query, SpanOrder order, CancellationToken cancellationToken)
    {
        var ofTraces = query.Over == SpanPopulation.Traces;
        // What it is ordered by is a measure of the list's own.
        var read = query with
        {
            Measures = order.By is { } field ? [new SpanMeasure { Kind = MeasureKind.Maximum, Of = field }] : [],
            Step = null,
        };
        var by = order switch
        {
            { By: not null } => "m.v0",
            { ByDuration: true } => "m.duration_ns",
            { Sampled: true } => "hashtextextended(m.trace_id::text, 0)",
            _ => "m.start_ns",
        };
        var groups = Sql.Join("", query.By.Select((_, place) => Sql.Of($", page.{SpanMembers.Column("g", place)}")));
        var about = Sql.Trusted(ofTraces ? "null::text, null::text" : "v.name, page.operation");
        var services = Sql.Trusted(ofTraces ? "" : "join services v on v.id = page.service_id");
        Sql sql = $"""
            with members as materialized ({SpanMembers.Of(read)}),
            page as (
              select m.*, {(order.By is null ? Sql.Trusted("null::float8") : Sql.Trusted("m.v0::float8"))} as measured,
                row_number() over (order by {Sql.Trusted(by)} {Sql.Trusted(
                order.Ascending ? "asc" : "desc"
            )} nulls last, m.start_ns desc, m.trace_id) as place
              from members m {(order.By is null ? Sql.Trusted("") : Sql.Trusted("where m.v0 is not null"))}
              order by place limit {order.Limit} offset {order.Offset})
            select (select round(coalesce(sum(weight), 0))::bigint from members), page.trace_id, page.start_ns,
              page.duration_ns, page.failed,
              page.measured, {about}{groups}
            from page {services} order by page.place
            """;
        long total = 0;
        var rows = await database.QueryAsync(
            sql,
            reader =>
            {
                total = reader.GetInt64(0);
                return new ListedSpan(
                    TraceId.FromGuid(reader.GetGuid(1)),
                    UnixNanos.ToTime(reader.GetInt64(2)),
                    reader.GetInt64(3) / 1e6,
                    reader.GetBoolean(4),
                    reader.Nullable<double>(5),
                    reader.Text(6),
                    reader.Text(7),
                    [.. query.By.Select((_, place) => reader.Text(8 + place))]
                );
            },
            cancellationToken
        );
        return new SpanListPage(rows, total);
    }
}

/// <param name="Spans">In the order asked for.</param>
/// <param name="Total">Of all that match; 0 where the page is empty.</param>
public sealed record SpanListPage(IReadOnlyList<ListedSpan> Spans, long Total);

/// <summary>How a list is sorted and which part of it is read; by time, newest first, where nothing is set.</summary>
public sealed record SpanOrder
{
    /// <summary>By a numeric field; what does not carry it is left out.</summary>
    public FieldExpression? By { get; init; }

    /// <summary>Longest first.</summary>
    public bool ByDuration { get; init; }

    /// <summary>By a hash of the trace's id: the same ones each time, and as alike to all as any.</summary>
    public bool Sampled { get; init; }

    public bool Ascending { get; init; }

    public required int Limit { get; init; }

    public int Offset { get; init; }
}

/// <param name="Measured">What the list is sorted by, where that is a field.</param>
/// <param name="Service">Null for traces, as is the operation.</param>
/// <param name="Groups">In the order of <see cref="SpanTableQuery.By"/>.</param>
public sealed record ListedSpan(
    TraceId TraceId,
    DateTimeOffset Time,
    double DurationMs,
    bool Failed,
    double? Measured,
    string? Service,
    string? Operation,
    IReadOnlyList<string?> Groups
);
