using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Reads.Requests;

/// <summary>
/// Statistics of requests: entry spans that start in a window. Where there are very many the rollups tell of them; where not all spans
/// are stored any more, of whole minutes, and what they do not know is estimated from the kept spans by their weight.
/// </summary>
public sealed class RequestReads(CopilotDatabase database)
{
    private readonly ThinnedRequests _thinned = new(database);
    private readonly CountedRequests _counted = new(database);

    /// <summary>All of them together.</summary>
    public async Task<RequestStatistics> StatisticsAsync(SpanFilter filter, TimeWindow window, CancellationToken cancellationToken)
    {
        var weigh = await _thinned.TouchAsync(window, cancellationToken);
        if (weigh && await _thinned.ReadAsync(filter, window, null, 0, cancellationToken) is { } counted)
            return counted.Values.SingleOrDefault(RequestStatistics.None);
        if (!weigh && await _counted.ReadAsync(filter, window, null, cancellationToken) is { } many)
            return many.Values.Single();
        Sql sql = $"select {Measures} from {From(filter, window, weigh)}";
        var rows = await database.QueryAsync(sql, reader => Read(reader, 0), cancellationToken);
        return rows[0];
    }

    /// <summary>How many spans of any kind start in the window.</summary>
    public async Task<long> CountSpansAsync(SpanFilter filter, TimeWindow window, CancellationToken cancellationToken)
    {
        Sql sql = $"select round(coalesce(sum(coalesce(s.weight, 1)), 0))::bigint from spans s where {FilterClause.All(filter, window)}";
        return (await database.QueryAsync(sql, reader => reader.GetInt64(0), cancellationToken))[0];
    }

    /// <summary>Group by group, in no order.</summary>
    public async Task<IReadOnlyList<RequestGroup>> GroupedAsync(
        SpanFilter filter,
        TimeWindow window,
        RequestGrouping grouping,
        CancellationToken cancellationToken
    )
    {
        var weigh = await _thinned.TouchAsync(window, cancellationToken);
        if (weigh && await _thinned.ReadAsync(filter, window, grouping, 0, cancellationToken) is { } counted)
            return [.. counted.Select(group => new RequestGroup(group.Key.Service, group.Key.Operation, null, group.Value))];
        if (!weigh && await _counted.ReadAsync(filter, window, grouping, cancellationToken) is { } many)
            return [.. many.Select(group => new RequestGroup(group.Key.Service, group.Key.Operation, null, group.Value))];
        var service = Sql.Trusted(grouping.Service ? "s.service_id" : "0");
        var operation = Sql.Trusted(grouping.Operation ? "o.name" : "null::text");
        var value = grouping.Attribute is { } key ? AttributeColumns.Text(grouping.Scope, key) : Sql.Trusted("null::text");
        Sql sql = $"""
            select v.name, g.* from (
              select {service} as service, {operation} as operation, {value} as value, {Measures}
              from {From(filter, window, weigh)} group by 1, 2, 3) g
            left join services v on v.id = g.service
            """;
        return await database.QueryAsync(
            sql,
            reader => new RequestGroup(reader.Text(0), reader.Text(2), reader.Text(3), Read(reader, 4)),
            cancellationToken
        );
    }

    /// <summary>Step by step, oldest first; a step without requests is there with none.</summary>
    public async Task<IReadOnlyList<RequestPoint>> SeriesAsync(
        SpanFilter filter,
        TimeWindow window,
        TimeSpan step,
        CancellationToken cancellationToken
    )
    {
        var stepNs = (long)(step.TotalMilliseconds * UnixNanos.PerMillisecond);
        var weigh = await _thinned.TouchAsync(window, cancellationToken);
        Dictionary<long, RequestStatistics> found;
        if (weigh && await _thinned.ReadAsync(filter, window, null, stepNs, cancellationToken) is { } counted)
        {
            found = counted.ToDictionary(group => group.Key.Step, group => group.Value);
        }
        else
        {
            Sql sql = $"select (s.start_ns - {window.FromNs}) / {stepNs}, {Measures} from {From(filter, window, weigh)} group by 1";
            var rows = await database.QueryAsync(sql, reader => (Step: reader.GetInt64(0), Statistics: Read(reader, 1)), cancellationToken);
            found = rows.ToDictionary(row => row.Step, row => row.Statistics);
        }

        return Points(window, stepNs, found);
    }

    /// <summary>The same of all requests out of the rollups, however many there are: percentiles are within 1 %.</summary>
    /// <param name="window">Rounded out to whole minutes.</param>
    /// <param name="minutes">Length of a step.</param>
    public async Task<IReadOnlyList<RequestPoint>> CountedSeriesAsync(TimeWindow window, int minutes, CancellationToken cancellationToken)
    {
        window = RequestRollups.RoundOut(window);
        var counted = await _thinned.ReadAsync(new SpanFilter(), window, null, minutes * UnixNanos.PerMinute, cancellationToken);
        return Points(window, minutes * UnixNanos.PerMinute, counted!.ToDictionary(group => group.Key.Step, group => group.Value));
    }

    private static List<RequestPoint> Points(TimeWindow window, long stepNs, Dictionary<long, RequestStatistics> found)
    {
        var points = new List<RequestPoint>();
        for (long at = 0; window.FromNs + (at * stepNs) < window.ToNs; at++)
            points.Add(new(UnixNanos.ToTime(window.FromNs + (at * stepNs)), found.GetValueOrDefault(at, RequestStatistics.None)));
        return points;
    }

    // OpenTelemetry's consistent sampling: "th" is the rejection threshold, up to 14 hex digits, trailing zeros left out.
    internal static readonly Sql Sampled = Sql.Trusted(
        "s.trace_state ~ '(^|,)ot=[^,]*th:[0-9a-f]{1,14}' and s.trace_state !~ 'th:0([;,]|$)'"
    );

    private static readonly Sql Threshold = Sql.Trusted(
        "('x' || lpad(rpad(substring(s.trace_state from 'th:([0-9a-f]{1,14})'), 14, '0'), 16, '0'))::bit(64)::bigint::float8"
    );

    /// <summary>How many spans a span stands for by its sender's sampling.</summary>
    internal static readonly Sql StandsFor = $"(case when {Sampled} then 16 ^ 14 / (16 ^ 14 - {Threshold}) else 1 end)::float8";

    private static readonly Sql Failed = Sql.Trusted(FailedSpans.Condition("s"));

    private static readonly Sql Measures = $"""
        count(*), count(*) filter (where {Failed}), avg(s.duration_ns)::float8, min(s.duration_ns), max(s.duration_ns),
        percentile_disc({RequestStatistics.PercentilesComputed.Select(percent => percent / 100).ToArray()})
          within group (order by s.duration_ns),
        count(*) filter (where {Sampled}),
        (count(*) + coalesce(sum(16 ^ 14 / (16 ^ 14 - {Threshold}) - 1) filter (where {Sampled}), 0))::float8
        """;

    // A kept span that stands for a hundred is there a hundred times: then every measure weighs by itself.
    private static readonly Sql Weights = Sql.Trusted(
        "cross join lateral generate_series(1, greatest(1, round(coalesce(s.weight, 1))::int))"
    );

    private static Sql From(SpanFilter filter, TimeWindow window, bool weigh) =>
        $"""
            spans s join operations o on o.id = s.operation_id {(weigh ? Weights : Sql.Trusted(""))} where s.entry and {FilterClause.All(
                filter,
                window
            )}
            """;

    private static RequestStatistics Read(NpgsqlDataReader reader, int at) =>
        new()
        {
            Requests = reader.GetInt64(at),
            Failed = reader.GetInt64(at + 1),
            MeanMs = Milliseconds(reader.Nullable<double>(at + 2)),
            MinMs = Milliseconds(reader.Nullable<long>(at + 3)),
            MaxMs = Milliseconds(reader.Nullable<long>(at + 4)),
            PercentileMs = reader.IsDBNull(at + 5) ? [] : [.. reader.GetFieldValue<long[]>(at + 5).Select(nanos => nanos / 1e6)],
            Sampled = reader.GetInt64(at + 6),
            EstimatedRequests = reader.GetDouble(at + 7),
        };

    private static double? Milliseconds(double? nanos) => nanos / 1e6;
}

/// <summary>The requests of one group: the members that the grouping does not name are null.</summary>
/// <param name="Value">The attribute's value, where grouped by one; null too for requests without it.</param>
public sealed record RequestGroup(string? Service, string? Operation, string? Value, RequestStatistics Statistics);

/// <summary>The requests that start in one step of a series.</summary>
public sealed record RequestPoint(DateTimeOffset Time, RequestStatistics Statistics);

/// <summary>What requests are grouped by.</summary>
public sealed record RequestGrouping
{
    public static RequestGrouping ByService { get; } = new() { Service = true };

    public static RequestGrouping ByOperation { get; } = new() { Service = true, Operation = true };

    public bool Service { get; private init; }

    public bool Operation { get; private init; }

    public AttributeScope Scope { get; private init; }

    public string? Attribute { get; private init; }

    public static RequestGrouping ByAttribute(string key, AttributeScope scope = AttributeScope.Any) =>
        new() { Attribute = key, Scope = scope };
}
