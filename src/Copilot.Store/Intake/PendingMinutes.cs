using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Intake;

/// <summary>Notes for those who follow the intake: which minutes got something new. Written in the intake's transactions.</summary>
internal static class PendingMinutes
{
    public const string Table = "pending_minutes";
    public const string Columns = "pass, minute_ns";
    public const short Edges = 1;
    public const short AttributeIndex = 2;
    public const short LogCatalogue = 3;

    public static void Write(CopyBuffer copy, short pass, long minuteNs)
    {
        copy.BeginRow(2);
        copy.Value(pass);
        copy.Value(minuteNs);
    }

    /// <summary>Minutes to work on, neighbours of the same hour joined, in order of time; only those that got nothing new for a
    /// while.</summary>
    public static async Task<IReadOnlyList<TimeWindow>> StretchesAsync(
        CopilotDatabase database,
        short pass,
        TimeSpan quiet,
        int minutesAtOnce,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.DataSource.CreateCommand(
            """
            select minute_ns from pending_minutes where pass = $1 group by minute_ns
            having max(arrived_at) <= now() - $2 order by minute_ns
            """
        );
        command.Parameters.AddWithValue(pass);
        command.Parameters.AddWithValue(quiet);
        var stretches = new List<TimeWindow>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var minute = reader.GetInt64(0);
            var next = new TimeWindow(minute, minute + UnixNanos.PerMinute);
            if (
                stretches.Count > 0
                && stretches[^1] is var last
                && last.ToNs == minute
                && minute % UnixNanos.PerHour != 0
                && minute - last.FromNs < minutesAtOnce * UnixNanos.PerMinute
            )
                stretches[^1] = last with { ToNs = next.ToNs };
            else
                stretches.Add(next);
        }

        return stretches;
    }

    /// <summary>
    /// Takes the notes of a stretch away, in the transaction that does the work; false where another process does it or did it. A note
    /// that is committed after this stays, and the stretch is worked on again.
    /// </summary>
    public static async Task<bool> TakeAsync(
        NpgsqlConnection connection,
        short pass,
        TimeWindow stretch,
        CancellationToken cancellationToken
    )
    {
        await using (var locking = new NpgsqlCommand("select pg_advisory_xact_lock(hashtext('copilot pending minutes'), $1)", connection))
        {
            locking.Parameters.AddWithValue((int)pass);
            await locking.ExecuteNonQueryAsync(cancellationToken);
        }

        await using var command = new NpgsqlCommand(
            "delete from pending_minutes where pass = $1 and minute_ns >= $2 and minute_ns < $3",
            connection
        );
        command.Parameters.AddWithValue(pass);
        command.Parameters.AddWithValue(stretch.FromNs);
        command.Parameters.AddWithValue(stretch.ToNs);
        return await command.ExecuteNonQueryAsync(cancellationToken) > 0;
    }
}
