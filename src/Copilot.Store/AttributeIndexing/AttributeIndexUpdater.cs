using System.Globalization;
using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.AttributeIndexing;

/// <summary>
/// Keeps the attribute catalogue (keys, types, usual values by service) and notices new versions of services: a pass over the minutes
/// that got something new, behind the intake. Numbers of occurrences are rough; what occurs is complete for imports and thinned out for
/// minutes with more spans than a pass should read.
/// </summary>
public sealed class AttributeIndexUpdater(CopilotDatabase database) : ITelemetryCatchUp
{
    /// <summary>Spans read of one stretch of minutes in the background: under load more would take a core away from the intake.</summary>
    private const long SpansRead = 20_000;
    private const int MinutesAtOnce = 30;

    /// <summary>Works off everything that is committed by now, without thinning out.</summary>
    public Task CatchUpAsync(CancellationToken cancellationToken) => RunAsync(complete: true, cancellationToken);

    public async Task RunAsync(bool complete, CancellationToken cancellationToken)
    {
        await RunAsync(PendingMinutes.AttributeIndex, AttributeIndexSql.FindInSpans, complete, cancellationToken);
        await RunAsync(PendingMinutes.LogCatalogue, AttributeIndexSql.FindInLogs, complete, cancellationToken);
        await VersionChanges.DropTwinsAsync(database, cancellationToken);
    }

    private async Task RunAsync(short pass, string find, bool complete, CancellationToken cancellationToken)
    {
        foreach (var stretch in await PendingMinutes.StretchesAsync(database, pass, TimeSpan.Zero, MinutesAtOnce, cancellationToken))
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            if (!await PendingMinutes.TakeAsync(connection, pass, stretch, cancellationToken))
                continue;
            var mask = complete || pass != PendingMinutes.AttributeIndex ? 0 : await MaskAsync(connection, stretch, cancellationToken);
            await ExecuteAsync(connection, find, cancellationToken, stretch.FromNs, stretch.ToNs, mask);
            await ExecuteAsync(connection, AttributeIndexSql.AddKeys, cancellationToken);
            await ExecuteAsync(connection, AttributeIndexSql.AddValues, cancellationToken);
            await ExecuteAsync(connection, AttributeIndexSql.Prune, cancellationToken);
            if (pass == PendingMinutes.AttributeIndex)
                await VersionChanges.NoteAsync(connection, stretch, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
    }

    /// <summary>Keeps one span of 2, 4, 8 … by its id, so that about <see cref="SpansRead"/> are read.</summary>
    private static async Task<long> MaskAsync(NpgsqlConnection connection, TimeWindow stretch, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            """
            select coalesce(sum(count), 0)::bigint from (
                select count from span_rollup_deltas where minute_ns >= $1 and minute_ns < $2
                union all select count from span_rollup_minutes where minute_ns >= $1 and minute_ns < $2) r
            """,
            connection
        );
        command.Parameters.AddWithValue(stretch.FromNs);
        command.Parameters.AddWithValue(stretch.ToNs);
        var spans = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        long mask = 0;
        while (spans / (mask + 1) > SpansRead)
            mask = (mask << 1) | 1;
        return mask;
    }

    private static async Task ExecuteAsync(
        NpgsqlConnection connection,
        string sql,
        CancellationToken cancellationToken,
        params long[] values
    )
    {
        // CREATE TABLE AS takes no parameters; these are our own numbers.
        for (var i = values.Length; i > 0; i--)
            sql = sql.Replace(
                "$" + i.ToString(CultureInfo.InvariantCulture),
                values[i - 1].ToString(CultureInfo.InvariantCulture),
                StringComparison.Ordinal
            );
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
