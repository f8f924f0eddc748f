using Copilot.Store.Intake;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Rollups;

/// <summary>
/// Folds the intake's deltas into minutes and hours, one process at a time, in one transaction: whoever reads deltas, minutes and hours in
/// one statement sees every span once.
/// </summary>
public sealed class RollupCompaction(CopilotDatabase database, TimeProvider time) : ITelemetryCatchUp
{
    private const int MinutesAtOnce = 60;

    /// <summary>Folds everything that is committed by now.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        while (await CompactAsync(long.MaxValue, cancellationToken)) { }
    }

    /// <summary>Folds what belongs to minutes that ended at least so long ago.</summary>
    public async Task RunAsync(TimeSpan settled, CancellationToken cancellationToken)
    {
        var before = RollupDeltas.StartOfMinute(UnixNanos.From(time.GetUtcNow() - settled));
        while (await CompactAsync(before, cancellationToken)) { }
    }

    private async Task<bool> CompactAsync(long before, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(RollupFold.Lock, cancellationToken);
        var minutes = new Dictionary<RollupKey, RollupRow>();
        await using (
            var take = new NpgsqlCommand(
                $"""
                delete from span_rollup_deltas where minute_ns in (
                    select distinct minute_ns from span_rollup_deltas where minute_ns < $1 order by 1 limit $2)
                returning {RollupDeltas.Columns}
                """,
                connection
            )
        )
        {
            take.Parameters.AddWithValue(before);
            take.Parameters.AddWithValue(MinutesAtOnce);
            await RollupFold.MergeAsync(take, minutes, cancellationToken);
        }

        if (minutes.Count == 0)
            return false;
        await RollupFold.FoldAsync(connection, minutes, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
