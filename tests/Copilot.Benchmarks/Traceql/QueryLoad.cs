using System.Globalization;
using Copilot.Store;
using Npgsql;

namespace Copilot.Benchmarks.Traceql;

/// <summary>
/// Fills a store with the day that queries are measured on, and with the same spans once more as one would keep them without this
/// store: everything in one jsonb column, no dictionaries, no counted minutes.
/// </summary>
internal sealed class QueryLoad(CopilotDatabase database)
{
    /// <summary>How many spans of the day are there; 0 where it is yet to be made.</summary>
    public async Task<long> SpansAsync(CancellationToken cancellationToken)
    {
        await using var made = database.DataSource.CreateCommand("select to_regclass('bench_plain_ready') is not null");
        if (await made.ExecuteScalarAsync(cancellationToken) is false)
            return 0;
        await using var count = database.DataSource.CreateCommand("select spans from bench_plain_ready");
        return (long)(await count.ExecuteScalarAsync(cancellationToken))!;
    }

    public async Task FillAsync(int spans, Action<string> progress, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, QueryDay.Dictionaries, cancellationToken);
        await ExecuteAsync(connection, QueryDay.PlainTable, cancellationToken);
        var traces = spans / QueryDay.SpansPerTrace / QueryDay.Hours;
        for (var hour = 0; hour < QueryDay.Hours; hour++)
        {
            await ExecuteAsync(connection, QueryDay.Hour(hour, traces), cancellationToken);
            progress(string.Create(CultureInfo.InvariantCulture, $"{(hour + 1) * traces * QueryDay.SpansPerTrace:N0} spans"));
        }

        await ExecuteAsync(connection, "create index on bench_plain (start_ns); create index on bench_plain (trace_id)", cancellationToken);
        await ExecuteAsync(connection, QueryDay.Rollups, cancellationToken);
        await ExecuteAsync(connection, "analyze", cancellationToken);
        var made = (long)traces * QueryDay.Hours * QueryDay.SpansPerTrace;
        var ready = FormattableString.Invariant($"create table bench_plain_ready as select {made}::bigint as spans");
        await ExecuteAsync(connection, ready, cancellationToken);
        // A store that is not durable keeps at its end what a checkpoint wrote.
        await ExecuteAsync(connection, "checkpoint", cancellationToken);
    }

    /// <summary>Gives the plain table an index over all attributes, or takes it away.</summary>
    public async Task IndexPlainAsync(bool wanted, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            wanted
                ? "set maintenance_work_mem = '1GB'; "
                    + "create index if not exists bench_plain_data on bench_plain using gin (data jsonb_path_ops)"
                : "drop index if exists bench_plain_data",
            cancellationToken
        );
    }

    /// <summary>Runs a statement over <c>bench_plain</c> and reads all its rows.</summary>
    public async Task<IReadOnlyList<object?[]>> ReadPlainAsync(string sql, CancellationToken cancellationToken)
    {
        var rows = new List<object?[]>();
        await using var command = database.DataSource.CreateCommand(sql);
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var row = new object?[reader.FieldCount];
            reader.GetValues(row!);
            rows.Add(row);
        }

        return rows;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
