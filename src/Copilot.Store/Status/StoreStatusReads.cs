using Copilot.Store.Reads.Commands;
using Copilot.Store.Retention;
using Copilot.Telemetry.Time;

namespace Copilot.Store.Status;

/// <summary>Reads how the store is doing, out of Postgres' own books: nothing is counted row by row.</summary>
public sealed class StoreStatusReads(CopilotDatabase database, StoreOptions store, RetentionOptions retention, TimeProvider time)
{
    /// <exception cref="StoreException">The server cannot be reached, or cannot answer now.</exception>
    public async Task<StoreStatus> ReadAsync(CancellationToken cancellationToken)
    {
        var (version, bytes, pending) = (await database.QueryAsync(
            Sql.Of($"select current_setting('server_version'), pg_database_size(current_database()), (select count(distinct (pass, minute_ns)) from pending_minutes)"),
            static reader => (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2)),
            cancellationToken))[0];
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

    private async Task<IReadOnlyList<PartitionStatus>> PartitionsAsync(CancellationToken cancellationToken) => await database.QueryAsync(
        Sql.Of(
            $"""
            select k.parent, count(t.name), coalesce(sum(t.bytes), 0)::bigint + pg_total_relation_size((k.parent || '_default')::regclass),
                min(t.from_ns), max(t.from_ns) filter (where t.filled)
            from unnest({TelemetryPartitions.Parents.ToArray()}) with ordinality k (parent, place)
            left join (
                select p.*, pg_total_relation_size(c.oid) as bytes, pg_relation_size(c.oid) > 0 as filled
                from telemetry_partitions p join pg_class c on c.oid = to_regclass(p.name)) t on t.parent = k.parent
            group by k.parent, k.place order by k.place
            """),
        static reader => new PartitionStatus(
            reader.GetString(0), (int)reader.GetInt64(1), reader.GetInt64(2), Time(reader.Nullable<long>(3)), Time(reader.Nullable<long>(4))),
        cancellationToken);

    private async Task<DistillationStatus> DistillationAsync(CancellationToken cancellationToken)
    {
        var hot = UnixNanos.From(time.GetUtcNow() - retention.HotWindow);
        return (await database.QueryAsync(
            Sql.Of(
                $"""
                select min(from_ns) filter (where distilled_at is null and not imported and pg_relation_size(to_regclass(name)) > 0),
                    count(*) filter (where distilled_at is not null),
                    count(*) filter (where distilled_at is null and not imported and to_ns < {hot} and pg_relation_size(to_regclass(name)) > 0),
                    max(distilled_at), (select count(*) from thinned_hours)
                from telemetry_partitions where parent = 'spans'
                """),
            reader => new DistillationStatus(
                retention.Distill, retention.HotWindow, Time(reader.Nullable<long>(0)), (int)reader.GetInt64(1), retention.Distill ? (int)reader.GetInt64(2) : 0,
                reader.Nullable<DateTimeOffset>(3), (int)reader.GetInt64(4)),
            cancellationToken))[0];
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
