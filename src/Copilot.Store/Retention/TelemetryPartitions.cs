using System.Collections.Concurrent;
using System.Globalization;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Retention;

/// <summary>
/// Makes the hourly partitions of spans, logs and metric points: ahead of time, and on demand for telemetry of other times. What has an
/// absurd time, or comes when there are too many partitions, goes into the default partition.
/// </summary>
public sealed class TelemetryPartitions(CopilotDatabase database, TimeProvider time, RetentionOptions options) : IDisposable
{
    private const int MostPartitions = 2000;

    /// <summary>Telemetry of other times leaves room for the hours that pass.</summary>
    private const int MostForOldTimes = 1500;
    private static readonly long _earliest = UnixNanos.From(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentDictionary<(string Parent, long FromNs), Known> _known = [];
    private readonly SemaphoreSlim _making = new(1, 1);

    public static IReadOnlyList<string> Parents { get; } = ["spans", "logs", "metric_points"];

    public static long StartOfHour(long nanos) => nanos - (nanos % UnixNanos.PerHour);

    /// <summary>Sees to it that rows of these hours have a partition, and notes that some arrive now.</summary>
    public async Task EnsureAsync(string parent, IEnumerable<long> hours, bool imported, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        foreach (var hour in hours)
        {
            if (hour < _earliest || hour > UnixNanos.From(now) + (24 * UnixNanos.PerHour))
                continue;
            var old = imported || hour + UnixNanos.PerHour < UnixNanos.From(now - options.HotWindow);
            if (
                _known.TryGetValue((parent, hour), out var known)
                && (known.Imported || !old)
                && now - known.Noted < TimeSpan.FromMinutes(1)
            )
                continue;
            await MakeAsync(parent, hour, old, cancellationToken);
            _known[(parent, hour)] = new Known(old || known.Imported, now);
        }
    }

    /// <summary>The partitions of this hour and the next two, so that live intake never waits for one.</summary>
    public async Task MakeAheadAsync(CancellationToken cancellationToken)
    {
        var hour = StartOfHour(UnixNanos.From(time.GetUtcNow()));
        foreach (var parent in Parents)
        {
            for (var ahead = 0; ahead < 3; ahead++)
            {
                if (!_known.ContainsKey((parent, hour + (ahead * UnixNanos.PerHour))))
                    await EnsureAsync(parent, [hour + (ahead * UnixNanos.PerHour)], imported: false, cancellationToken);
            }
        }
    }

    /// <summary>Forgets which partitions there are, after some were dropped.</summary>
    public void Forget() => _known.Clear();

    public void Dispose() => _making.Dispose();

    public static string NameOf(string parent, long hour) =>
        string.Create(CultureInfo.InvariantCulture, $"{parent}_{UnixNanos.ToTime(hour):yyyyMMddHH}");

    private async Task MakeAsync(string parent, long hour, bool imported, CancellationToken cancellationToken)
    {
        await _making.WaitAsync(cancellationToken);
        try
        {
            await using var connection = await database.Intake.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            // Several processes may share the database: one makes a partition, the others find it.
            await ExecuteAsync(
                connection,
                "set local lock_timeout = '5s'; select pg_advisory_xact_lock(hashtext('copilot partitions'))",
                cancellationToken
            );
            var name = NameOf(parent, hour);
            if (!await NoteAsync(connection, name, imported, cancellationToken))
                await AddAsync(connection, parent, name, hour, imported, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        finally
        {
            _making.Release();
        }
    }

    private static async Task<bool> NoteAsync(NpgsqlConnection connection, string name, bool imported, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "update telemetry_partitions set last_arrival = now(), imported = imported or $2, pinned_only = false where name = $1",
            connection
        );
        command.Parameters.AddWithValue(name);
        command.Parameters.AddWithValue(imported);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }

    private static async Task AddAsync(
        NpgsqlConnection connection,
        string parent,
        string name,
        long hour,
        bool imported,
        CancellationToken cancellationToken
    )
    {
        var to = hour + UnixNanos.PerHour;
        var column = parent == "spans" ? "start_ns" : "time_ns";
        // Rows that were here before (written to the default partition) stay there: their hour gets no partition of its own.
        await using var check = new NpgsqlCommand(
            $"select exists (select from {parent}_default where {column} >= $1 and {column} < $2) or (select count(*) "
                + "from telemetry_partitions where parent = $3) >= $4",
            connection
        );
        check.Parameters.AddWithValue(hour);
        check.Parameters.AddWithValue(to);
        check.Parameters.AddWithValue(parent);
        check.Parameters.AddWithValue((long)(imported ? MostForOldTimes : MostPartitions));
        if ((bool)(await check.ExecuteScalarAsync(cancellationToken))!)
            return;
        // Made apart and then attached: that locks the parent against other changes of it, not against reads and writes.
        await ExecuteAsync(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"create table {name} (like {parent} including all); alter table {parent} attach partition {name} for "
                    + $"values from ({hour}) to ({to})"
            ),
            cancellationToken
        );
        await using var insert = new NpgsqlCommand(
            "insert into telemetry_partitions (parent, from_ns, to_ns, name, imported) values ($1, $2, $3, $4, $5)",
            connection
        );
        insert.Parameters.AddWithValue(parent);
        insert.Parameters.AddWithValue(hour);
        insert.Parameters.AddWithValue(to);
        insert.Parameters.AddWithValue(name);
        insert.Parameters.AddWithValue(imported);
        await insert.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private readonly record struct Known(bool Imported, DateTimeOffset Noted);
}
