using Copilot.Store.Commands;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Retention;

/// <summary>Reads how the store is doing, out of Postgres' own books: nothing is counted row by row.</summary>
public sealed class StoreStatusReads(CopilotDatabase database, StoreOptions store, RetentionOptions retention, TimeProvider time)
{
    /// <exception cref="StoreException">The server cannot be reached, or cannot answer now.</exception>
    public async Task<StoreStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var (version, bytes, pending) = (
            await database.QueryAsync(
                Sql.Of(
                    $"select current_setting('server_version'), pg_database_size(current_database()), (select "
                        + $"count(distinct (pass, minute_ns)) from pending_minutes)"
                ),
                static reader => (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)),
                cancellationToken
            )
        )[0];
        return new StoreStatus
        {
            Version = version.Split(' ')[0],
            Managed = database.Server is not null,
            Bytes = bytes,
            FreeBytes = database.Server is null ? null : Free(store.DataFolder),
            Partitions = await PartitionsAsync(cancellationToken),
            Distillation = await DistillationAsync(cancellationToken),
            PendingMinutes = pending,
        };
    }

    /// <summary>How much is asked and found.</summary>
    /// <exception cref="StoreException">The server cannot be reached, or cannot answer now.</exception>
    public async Task<ActivityCounts> ActivityAsync(CancellationToken cancellationToken) =>
        (
            await database.QueryAsync(
                Sql.Of($"select (select count(*) from conversation_turns), (select count(*) from suggestions where closed_at is null)"),
                static reader => new ActivityCounts(reader.GetInt64(0), reader.GetInt64(1)),
                cancellationToken
            )
        )[0];

    private async Task<IReadOnlyList<PartitionStatus>> PartitionsAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync(
            Sql.Of(
                $"""
                select k.parent, count(t.name), coalesce(sum(t.bytes),
                  0)::bigint + pg_total_relation_size((k.parent || '_default')::regclass),
                    min(t.from_ns), max(t.from_ns) filter (where t.filled)
                from unnest({TelemetryPartitions.Parents.ToArray()}) with ordinality k (parent, place)
                left join (
                    select p.*, pg_total_relation_size(c.oid) as bytes, pg_relation_size(c.oid) > 0 as filled
                    from telemetry_partitions p join pg_class c on c.oid = to_regclass(p.name)) t on t.parent = k.parent
                group by k.parent, k.place order by k.place
                """
            ),
            static reader => new PartitionStatus(
                reader.GetString(0),
                (int)reader.GetInt64(1),
                reader.GetInt64(2),
                Time(reader.Nullable<long>(3)),
                Time(reader.Nullable<long>(4))
            ),
            cancellationToken
        );

    private async Task<DistillationStatus> DistillationAsync(CancellationToken cancellationToken)
    {
        var hot = UnixNanos.From(time.GetUtcNow() - retention.HotWindow);
        return (
            await database.QueryAsync(
                Sql.Of(
                    $"""
                    select min(from_ns) filter (where distilled_at is null and not imported and pg_relation_size(to_regclass(name)) > 0),
                        count(*) filter (where distilled_at is not null),
                        count(*) filter (where distilled_at is null and not imported and to_ns < {hot}
                          and pg_relation_size(to_regclass(name)) > 0),
                        max(distilled_at), (select count(*) from thinned_hours)
                    from telemetry_partitions where parent = 'spans'
                    """
                ),
                reader => new DistillationStatus(
                    retention.Distill,
                    retention.HotWindow,
                    Time(reader.Nullable<long>(0)),
                    (int)reader.GetInt64(1),
                    retention.Distill ? (int)reader.GetInt64(2) : 0,
                    reader.Nullable<DateTimeOffset>(3),
                    (int)reader.GetInt64(4)
                ),
                cancellationToken
            )
        )[0];
    }

    private static long? Free(string folder)
    {
        try
        {
            return new DriveInfo(Path.GetFullPath(folder)).AvailableFreeSpace;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static DateTimeOffset? Time(long? nanos) => nanos is { } time ? UnixNanos.ToTime(time) : null;
}

/// <summary>What people and the watch do with what is stored.</summary>
/// <param name="Questions">Questions that are kept.</param>
/// <param name="OpenInvestigations">Investigations that are not over.</param>
public sealed record ActivityCounts(long Questions, long OpenInvestigations);

/// <summary>How the store is doing.</summary>
public sealed record StoreStatus
{
    /// <summary>Postgres' version.</summary>
    public required string Version { get; init; }

    /// <summary>True: the copilot's own server; false: the user's.</summary>
    public required bool Managed { get; init; }

    /// <summary>The whole database on disk.</summary>
    public required long Bytes { get; init; }

    /// <summary>What is free where the data lies; null where that is another machine.</summary>
    public required long? FreeBytes { get; init; }

    public required IReadOnlyList<PartitionStatus> Partitions { get; init; }

    public required DistillationStatus Distillation { get; init; }

    /// <summary>Minutes whose edges or attributes are still to be counted.</summary>
    public required long PendingMinutes { get; init; }
}

/// <summary>The hourly partitions of one kind of telemetry.</summary>
/// <param name="Kind"><c>spans</c>, <c>logs</c> or <c>metric_points</c>.</param>
/// <param name="Count">How many there are, those made ahead included.</param>
/// <param name="Bytes">On disk, with indexes.</param>
/// <param name="Oldest">The start of the oldest hour; null: none.</param>
/// <param name="Newest">The start of the latest hour that holds anything; null: none.</param>
public sealed record PartitionStatus(string Kind, int Count, long Bytes, DateTimeOffset? Oldest, DateTimeOffset? Newest);

/// <summary>How far distillation is.</summary>
/// <param name="Enabled">False: every span stays until its retention ends.</param>
/// <param name="HotWindow">For how long all spans stay.</param>
/// <param name="OldestHot">The oldest hour of spans that came in as they happened of which all are still there; null: none.</param>
/// <param name="Distilled">Hours that were distilled and are still kept.</param>
/// <param name="Due">Hours that are past the hot window and wait for it.</param>
/// <param name="Last">When an hour was last distilled.</param>
/// <param name="Thinned">Hours of which not every span received is stored, for whatever reason.</param>
public sealed record DistillationStatus(
    bool Enabled,
    TimeSpan HotWindow,
    DateTimeOffset? OldestHot,
    int Distilled,
    int Due,
    DateTimeOffset? Last,
    int Thinned
);
