using Copilot.Store.Commands;
using Copilot.Store.Reads.Requests;
using Copilot.Store.Retention;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Reads.Tables;

/// <summary>
/// Any measures of requests, spans or traces, by any groups. What the rollups can tell comes from them; else what is stored is counted,
/// each as often as it stands for.
/// </summary>
public sealed class SpanTableReads(CopilotDatabase database)
{
    private readonly ThinnedHours _hours = new(database);
    private readonly PlainTables _plain = new(new RequestReads(database));

    /// <returns>In no order; without groups one row, or one for each step, also where there was nothing.</returns>
    /// <exception cref="UnsupportedExpressionException">A field that the store does not keep.</exception>
    public async Task<IReadOnlyList<SpanTableRow>> ReadAsync(SpanTableQuery query, CancellationToken cancellationToken)
    {
        if (PlainTables.Tells(query))
            return await _plain.ReadAsync(query, cancellationToken);
        var weigh = await _hours.TouchAsync(query.Window, cancellationToken);
        var rows = await database.QueryAsync(Statement(query, weigh), reader => Read(query, reader), cancellationToken);
        return query is { Step: { } step, By.Count: 0 } ? Filled(query, step, rows) : rows;
    }

    private static Sql Statement(SpanTableQuery query, bool weigh)
    {
        var keys = query.By.Select((_, place) => Sql.Of($"m.{SpanMembers.Column("g", place)}")).ToList();
        keys.Insert(0, Step(query));
        // A kept span that stands for a hundred is there a hundred times: then every measure weighs by itself.
        var from = Sql.Trusted(
            "members m" + (weigh ? " cross join lateral generate_series(1, greatest(1, round(m.weight)::int))" : string.Empty)
        );
        var grouping = query.By.Count == 0 && query.Step is null ? Sql.Trusted("") : Sql.Trusted(GroupBy(keys.Count));
        var peaks = query.Measures.Select((measure, place) => (measure, place)).Where(m => m.measure.Kind == MeasureKind.PeakRate).ToList();
        var measures = query.Measures.Select(
            (measure, place) => Sql.Of($", {MeasureColumns.Of(measure, place)} as {SpanMembers.Column("m", place)}")
        );
        var most = peaks.Select(peak => Sql.Of($", {SpanMembers.Column("k", peak.place)}.most"));
        return $"""
            with members as materialized ({SpanMembers.Of(query)})
            select a.*{Sql.Join("", most)} from (
              select {Keys(keys)}, count(*) as counted, count(*) filter (where m.failed), count(*) filter (where m.sampled),
                coalesce(sum(m.stands_for), 0)::float8{Sql.Join("", measures)}
              from {from} {grouping}) a
            {Sql.Join(" ", peaks.Select(peak => Peak(keys, from, query, peak.measure, peak.place)))}
            """;
    }

    // The fullest step of each row.
    private static Sql Peak(IReadOnlyList<Sql> keys, Sql from, SpanTableQuery query, SpanMeasure measure, int place)
    {
        var stepNs = Nanos(measure.PeakStep);
        var name = SpanMembers.Column("k", place);
        var same = Enumerable
            .Range(0, keys.Count)
            .Select(key => Sql.Of($"{name}.{SpanMembers.Column("key", key)} is not distinct from a.{SpanMembers.Column("key", key)}"));
        var names = Sql.Join(", ", keys.Select((_, key) => Sql.Of($"n.{SpanMembers.Column("key", key)}")));
        return $"""
            left join (
              select {names}, max(n.number)::float8 as most from (
                select {Keys(keys)}, (m.start_ns - {query.Window.FromNs}) / {stepNs}, count(*) as number
                from {from} {Sql.Trusted(GroupBy(keys.Count + 1))}) n
              group by {names}) {name} on {Sql.Join(" and ", same)}
            """;
    }

    private static Sql Keys(IReadOnlyList<Sql> keys) =>
        Sql.Join(", ", keys.Select((key, place) => Sql.Of($"{key} as {SpanMembers.Column("key", place)}")));

    private static string GroupBy(int columns) => "group by " + string.Join(", ", Enumerable.Range(1, columns));

    private static Sql Step(SpanTableQuery query) =>
        query.Step is { } step ? Sql.Of($"(m.start_ns - {query.Window.FromNs}) / {Nanos(step)}") : Sql.Trusted("0::bigint");

    private static long Nanos(TimeSpan span) => span.Ticks * 100;

    private static SpanTableRow Read(SpanTableQuery query, NpgsqlDataReader reader)
    {
        var at = reader.GetInt64(0);
        var first = 1 + query.By.Count;
        var (count, failed) = (reader.GetInt64(first), reader.GetInt64(first + 1));
        var peaks = 0;
        var seconds = Seconds(query, at);
        var values = query.Measures.Select(
            (measure, place) =>
                measure switch
                {
                    { IsOfCounts: true } => measure.OfCounts(count, failed, seconds),
                    { Kind: MeasureKind.PeakRate } => PeakRate(
                        measure,
                        reader.Nullable<double>(first + 4 + query.Measures.Count + peaks++)
                    ),
                    _ => reader.Nullable<double>(first + 4 + place),
                }
        );
        return new SpanTableRow(Time(query, at), [.. query.By.Select((_, place) => reader.Text(1 + place))], [.. values])
        {
            Count = count,
            Failed = failed,
            Sampled = reader.GetInt64(first + 2),
            Estimated = reader.GetDouble(first + 3),
        };
    }

    private static double? PeakRate(SpanMeasure measure, double? most) =>
        (most ?? 0) / measure.PeakStep.TotalSeconds * measure.Per.TotalSeconds;

    private static DateTimeOffset? Time(SpanTableQuery query, long at) =>
        query.Step is { } step ? UnixNanos.ToTime(query.Window.FromNs + (at * Nanos(step))) : null;

    // The last step may be cut short by the window's end.
    internal static double Seconds(SpanTableQuery query, long at) =>
        query.Step is { } step
            ? Math.Min(Nanos(step), query.Window.ToNs - query.Window.FromNs - (at * Nanos(step))) / (double)UnixNanos.PerSecond
            : query.Window.Seconds;

    private static List<SpanTableRow> Filled(SpanTableQuery query, TimeSpan step, IReadOnlyList<SpanTableRow> rows)
    {
        var found = rows.ToDictionary(row => row.Time!.Value);
        var filled = new List<SpanTableRow>();
        for (long at = 0; query.Window.FromNs + (at * Nanos(step)) < query.Window.ToNs; at++)
        {
            var time = Time(query, at)!.Value;
            filled.Add(found.GetValueOrDefault(time) ?? Empty(query, time, Seconds(query, at)));
        }

        return filled;
    }

    private static SpanTableRow Empty(SpanTableQuery query, DateTimeOffset time, double seconds) =>
        new(
            time,
            [],
            [
                .. query.Measures.Select(measure =>
                    measure switch
                    {
                        { IsOfCounts: true } => measure.OfCounts(0, 0, seconds),
                        { Kind: MeasureKind.PeakRate or MeasureKind.Distinct } => 0,
                        _ => (double?)null,
                    }
                ),
            ]
        )
        {
            Count = 0,
            Failed = 0,
        };
}
