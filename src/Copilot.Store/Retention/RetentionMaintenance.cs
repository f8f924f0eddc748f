using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Retention;

/// <summary>
/// Drops what has had its time, a partition at a time. Counted from arrival: telemetry of last year that came in today stays as long as
/// today's. What was brought in from files stays until it is told otherwise, and pinned traces stay when all around them goes.
/// </summary>
public sealed class RetentionMaintenance(
    CopilotDatabase database,
    TelemetryPartitions partitions,
    TimeProvider time,
    RetentionOptions options
)
{
    /// <summary>A request sent again after this long is taken for a new one, unless it was imported.</summary>
    private static readonly TimeSpan _requestsKnown = TimeSpan.FromHours(1);

    /// <summary>Returns how many partitions were dropped.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var due = await DueAsync(cancellationToken);
        foreach (var (parent, name, hour) in due)
            await DropAsync(parent, name, hour, cancellationToken);
        if (due.Count > 0)
            partitions.Forget();
        await CleanAsync(cancellationToken);
        return due.Count;
    }

    private async Task<IReadOnlyList<(string Parent, string Name, long Hour)>> DueAsync(CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            """
            select parent, name, from_ns from telemetry_partitions
            where last_arrival < $1 and (not imported or $2) and not pinned_only and to_ns < $3 order by from_ns
            """
        );
        var before = time.GetUtcNow() - options.KeepFor;
        command.Parameters.AddWithValue(before);
        command.Parameters.AddWithValue(options.DropImported);
        command.Parameters.AddWithValue(UnixNanos.From(before));
        var due = new List<(string, string, long)>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            due.Add((reader.GetString(0), reader.GetString(1), reader.GetInt64(2)));
        return due;
    }

    private async Task DropAsync(string parent, string name, long hour, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var pinned = name + "_pinned";
        var stays = parent == "spans" && await CopyPinnedAsync(connection, name, pinned, cancellationToken) > 0;
        var rest = stays
            ? FormattableString.Invariant(
                $"""
                alter table {pinned} rename to {name};
                alter table spans attach partition {name} for values from ({hour}) to ({hour + UnixNanos.PerHour});
                update telemetry_partitions set pinned_only = true, distilled_at = coalesce(distilled_at, now()) where name = '{name}'
                """
            )
            : $"drop table if exists {pinned}; delete from telemetry_partitions where name = '{name}'";
        await connection.ExecuteAsync(
            $"""
            set local lock_timeout = '10s';
            alter table {parent} detach partition {name};
            drop table {name};
            {rest}
            """,
            cancellationToken
        );
        if (parent == "spans")
            await ThinnedHours.NoteAsync(connection, [hour], "dropped", cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<int> CopyPinnedAsync(
        NpgsqlConnection connection,
        string name,
        string pinned,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync($"create table {pinned} (like spans including all)", cancellationToken);
        await using var copy = new NpgsqlCommand(
            $"insert into {pinned} select * from {name} where trace_id in (select trace_id from cited_traces where pinned)",
            connection
        );
        return await copy.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task CleanAsync(CancellationToken cancellationToken)
    {
        // Minutes of hours that still have their spans (imported ones) stay with them, however old.
        await using var command = database.DataSource.CreateCommand(
            """
            with old as (
                select minute_ns from (select distinct minute_ns from span_rollup_minutes where minute_ns < $1) m
                where not exists (select from telemetry_partitions p where p.parent = 'spans' and m.minute_ns >= p.from_ns
                  and m.minute_ns < p.to_ns)),
            rollups as (delete from span_rollup_minutes where minute_ns in (select minute_ns from old)),
            edges as (delete from edge_minutes where minute_ns in (select minute_ns from old)),
            versions as (delete from service_version_minutes where minute_ns in (select minute_ns from old))
            delete from received_requests where not imported and received_at < $2
            """
        );
        command.Parameters.AddWithValue(UnixNanos.From(time.GetUtcNow() - options.KeepMinutesFor));
        command.Parameters.AddWithValue(time.GetUtcNow() - _requestsKnown);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}

/// <summary>How long telemetry stays. Bound from the section <c>Retention</c>. Everything counts from arrival, not from the event's own
/// time.</summary>
public sealed record RetentionOptions
{
    /// <summary>All spans stay this long; then only what is interesting stays, and a uniform share.</summary>
    public TimeSpan HotWindow { get; init; } = TimeSpan.FromHours(2);

    /// <summary>What was kept stays this long.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Numbers by the minute stay this long; numbers by the hour stay.</summary>
    public TimeSpan KeepMinutesFor { get; init; } = TimeSpan.FromDays(30);

    /// <summary>The share of ordinary traces that is kept, with its weight.</summary>
    public double UniformShare { get; init; } = 0.01;

    /// <summary>False keeps every span until <see cref="KeepFor"/>.</summary>
    public bool Distill { get; init; } = true;

    /// <summary>True drops telemetry that was brought in from files like any other.</summary>
    public bool DropImported { get; init; }
}
