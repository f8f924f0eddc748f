using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Store.Rollups;

/// <summary>All services at a glance: how many requests, how many of them failed, how long they took, and their course.</summary>
public sealed class ServiceOverviewReads(CopilotDatabase database)
{
    private readonly RequestRollups _rollups = new(database);

    /// <summary>Every service that ever sent anything, in the order of their names; without the copilot itself.</summary>
    /// <param name="window">Rounded out to whole minutes.</param>
    /// <param name="steps">Into how many equal stretches the course is cut at most.</param>
    public async Task<IReadOnlyList<ServiceOverview>> ReadAsync(TimeWindow window, int steps, CancellationToken cancellationToken)
    {
        var counted = await _rollups.ReadAsync([], [OwnService.Name], [], window, true, false, 0, cancellationToken);
        var courses = await CoursesAsync(window, steps, cancellationToken);
        Sql sql = $"""
            select v.id, v.name, a.last_arrival from services v left join service_arrivals a on a.service_id = v.id
            where v.name <> {OwnService.Name} order by v.name
            """;
        return await database.QueryAsync(
            sql,
            reader =>
            {
                var name = reader.GetString(1);
                return new ServiceOverview(
                    name,
                    counted.GetValueOrDefault((name, null, 0L)),
                    courses.GetValueOrDefault(reader.GetInt32(0)) ?? [],
                    reader.Nullable<DateTimeOffset>(2)
                );
            },
            cancellationToken
        );
    }

    /// <summary>What is called and sends no spans itself, the most called first.</summary>
    public async Task<IReadOnlyList<PeerOverview>> PeersAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select e.peer, sum(e.count)::bigint, sum(e.failed)::bigint, count(distinct e.caller_service_id)::int from edge_minutes e
            join services c on c.id = e.caller_service_id and c.name <> {OwnService.Name}
            where e.peer is not null and e.minute_ns >= {window.FromNs} and e.minute_ns < {window.ToNs} group by 1 order by 2 desc, 1
            """;
        return await database.QueryAsync(
            sql,
            reader => new PeerOverview(reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt32(3)),
            cancellationToken
        );
    }

    // Without the distributions of durations, which are the long part of a row.
    private async Task<Dictionary<int, CourseStep[]>> CoursesAsync(TimeWindow window, int steps, CancellationToken cancellationToken)
    {
        // Whole minutes alone: the one that is not over yet would look like a fall.
        var to = window.ToNs - (window.ToNs % UnixNanos.PerMinute);
        var minutes = Math.Max(1, (to - window.FromNs) / UnixNanos.PerMinute);
        var stepNs = (minutes + steps - 1) / steps * UnixNanos.PerMinute;
        var count = Math.Max(1, minutes * UnixNanos.PerMinute / stepNs);
        await using var command = database.DataSource.CreateCommand(
            $"""
            select r.service_id, ((r.minute_ns - $1) / $3)::int, sum(r.count)::bigint,
              coalesce(sum(r.count) filter (where {FailedSpans.RollupCondition("r")}), 0)::bigint
            from {RequestMinutes.Rows} r group by 1, 2
            """
        );
        command.Parameters.AddWithValue(to - (count * stepNs));
        command.Parameters.AddWithValue(to);
        command.Parameters.AddWithValue(stepNs);
        var courses = new Dictionary<int, CourseStep[]>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            if (!courses.TryGetValue(reader.GetInt32(0), out var course))
                courses.Add(reader.GetInt32(0), course = new CourseStep[count]);
            course[reader.GetInt32(1)] = new CourseStep(reader.GetInt64(2), reader.GetInt64(3));
        }

        return courses;
    }
}

/// <param name="Requests">Null where it got none in the window.</param>
/// <param name="Course">Oldest first; empty where it got none.</param>
/// <param name="LastArrival">When its spans last came in, by this server's clock and within seconds; null where it sends no spans.</param>
public sealed record ServiceOverview(
    string Service,
    RequestRollup? Requests,
    IReadOnlyList<CourseStep> Course,
    DateTimeOffset? LastArrival
);

/// <summary>The requests of one stretch of a window.</summary>
public readonly record struct CourseStep(long Requests, long Failed);

/// <summary>Calls to an address that sends no spans of its own.</summary>
public sealed record PeerOverview(string Address, long Calls, long Failed, int Callers);
