using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Reads.Filters;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Store.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Reads.Requests;

/// <summary>Counts exactly the requests that a filter names, step by step, with how long they took.</summary>
public sealed class RequestStepReads(CopilotDatabase database)
{
    /// <summary>Durations to seven binary digits, as <see cref="DurationHistogram"/> keeps them: a quantile is within 1 %.</summary>
    private const int Digits = 7;

    private readonly ThinnedHours _thinned = new(database);
    private readonly RequestRollups _rollups = new(database);

    /// <summary>Step by step, oldest first; only steps with requests.</summary>
    /// <param name="window">A request counts that starts in it, to the nanosecond.</param>
    /// <param name="stepNs">The steps begin at whole multiples of it.</param>
    public async Task<IReadOnlyList<ServiceMinute>> ReadAsync(
        RequestSubject subject,
        TimeWindow window,
        long stepNs,
        CancellationToken cancellationToken
    )
    {
        if (stepNs % UnixNanos.PerMinute != 0 || subject.PeerAddresses.Count > 0 || subject.Filter.Conditions.Count > 0)
            return await SpansAsync(subject, window, stepNs, cancellationToken);
        // A minute's row counts the whole minute: of one that the window ends in, the spans tell what belongs to it.
        var from = window.FromNs - (window.FromNs % stepNs);
        var whole = new TimeWindow(from, window.ToNs - (window.ToNs % stepNs));
        var rest = new TimeWindow(Math.Max(whole.ToNs, window.FromNs), window.ToNs);
        var steps = whole.IsEmpty ? [] : await RollupsAsync(subject.Filter, whole, stepNs, cancellationToken);
        return rest.IsEmpty ? steps : [.. steps, .. await SpansAsync(subject, rest, stepNs, cancellationToken)];
    }

    /// <summary>When the first and the last of the bad requests start.</summary>
    /// <param name="failed">Those that failed are bad.</param>
    /// <param name="slowAboveNs">Those that took longer are bad; null: however long they took.</param>
    /// <returns>Null where there is none.</returns>
    public async Task<(long FirstNs, long LastNs)?> EdgesAsync(
        RequestSubject subject,
        TimeWindow window,
        bool failed,
        long? slowAboveNs,
        CancellationToken cancellationToken
    )
    {
        var slower = slowAboveNs is { } limit ? Sql.Of($"s.duration_ns > {limit}") : Sql.Trusted("false");
        var failing = Sql.Trusted(failed ? FailedSpans.Condition("s") : "false");
        Sql sql = $"select min(s.start_ns), max(s.start_ns) from spans s where {Wanted(subject, window)} and ({failing} or {slower})";
        var found = await database.QueryAsync(
            sql,
            reader => (First: reader.Nullable<long>(0), Last: reader.Nullable<long>(1)),
            cancellationToken
        );
        return found is [{ First: { } first, Last: { } last }] ? (first, last) : null;
    }

    private async Task<List<ServiceMinute>> RollupsAsync(
        SpanFilter filter,
        TimeWindow window,
        long stepNs,
        CancellationToken cancellationToken
    )
    {
        var groups = await _rollups.ReadAsync(
            filter.Services,
            filter.Services.Count > 0 ? filter.ExceptServices : [.. filter.ExceptServices, OwnService.Name],
            filter.Operations,
            window,
            byService: false,
            byOperation: false,
            stepNs,
            cancellationToken
        );
        var steps = new List<ServiceMinute>();
        foreach (var ((_, _, at), rollup) in groups.OrderBy(group => group.Key.Step))
        {
            var step = Step(window.FromNs + (at * stepNs));
            (step.Requests, step.Failed) = (rollup.Requests, rollup.Failed);
            step.Durations.Merge(rollup.Durations);
            steps.Add(step);
        }

        return steps;
    }

    private async Task<IReadOnlyList<ServiceMinute>> SpansAsync(
        RequestSubject subject,
        TimeWindow window,
        long stepNs,
        CancellationToken cancellationToken
    )
    {
        // What was kept of a thinned hour stands for what was not.
        var weight = Sql.Trusted(
            await _thinned.TouchAsync(window, cancellationToken) ? "round(coalesce(sum(coalesce(s.weight, 1)), 0))::bigint" : "count(*)"
        );
        var failed = Sql.Trusted(FailedSpans.Condition("s"));
        Sql sql = $"""
            select s.start_ns / {stepNs}, d.shift, s.duration_ns >> d.shift, {failed}, {weight}
            from spans s cross join lateral (
              select greatest(0, floor(ln(greatest(s.duration_ns, 1)) / ln(2))::int - {Digits - 1}) as shift) d
            where {Wanted(subject, window)} group by 1, 2, 3, 4 order by 1
            """;
        var rows = await database.QueryAsync(
            sql,
            reader => new
            {
                At = reader.GetInt64(0),
                Middle = (reader.GetInt64(2) << reader.GetInt32(1)) + ((1L << reader.GetInt32(1)) >> 1),
                Failed = reader.GetBoolean(3),
                Count = reader.GetInt64(4),
            },
            cancellationToken
        );
        var steps = new List<ServiceMinute>();
        foreach (var row in rows)
        {
            if (steps is not [.., var step] || step.MinuteNs != row.At * stepNs)
                steps.Add(step = Step(row.At * stepNs));
            step.Requests += row.Count;
            step.Failed += row.Failed ? row.Count : 0;
            step.Durations.Add(row.Middle, row.Count);
        }

        return steps;
    }

    private static ServiceMinute Step(long fromNs) => new() { MinuteNs = fromNs, Service = "" };

    private static Sql Wanted(RequestSubject subject, TimeWindow window) =>
        subject.PeerAddresses.Count == 0
            ? Sql.Of($"s.entry and {FilterClause.All(subject.Filter, window)}")
            : Sql.Of(
                $"""
                s.kind in (3, 4) and coalesce(s.peer_service, s.server_address, s.messaging_destination_name)
                  = any({subject.PeerAddresses.ToArray()}) and {FilterClause.All(subject.Filter, window)}
                """
            );
}

/// <summary>The requests that something is asked about.</summary>
public sealed record RequestSubject
{
    public required SpanFilter Filter { get; init; }

    /// <summary>Something that sends no spans: the calls to these addresses count, as its callers saw them. Empty: requests.</summary>
    public IReadOnlyList<string> PeerAddresses { get; init; } = [];
}
