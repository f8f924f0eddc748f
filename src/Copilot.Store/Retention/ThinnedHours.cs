using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Retention;

/// <summary>Hours of which not all spans received are stored: whoever counts there takes the rollups, or weights.</summary>
public sealed class ThinnedHours(CopilotDatabase database)
{
    /// <summary>True where counting the stored spans of the window would miss some.</summary>
    public async Task<bool> TouchAsync(TimeWindow window, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "select exists (select from thinned_hours where hour_ns > $1 and hour_ns < $2)"
        );
        command.Parameters.AddWithValue(window.FromNs - UnixNanos.PerHour);
        command.Parameters.AddWithValue(window.ToNs);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Notes hours, in the transaction that thins them.</summary>
    internal static async Task NoteAsync(
        NpgsqlConnection connection,
        IEnumerable<long> hours,
        string why,
        CancellationToken cancellationToken
    )
    {
        await using var command = new NpgsqlCommand(
            "insert into thinned_hours (hour_ns, why) select distinct hour_ns, $2 from unnest($1) as g (hour_ns) order "
                + "by 1 on conflict do nothing",
            connection
        );
        command.Parameters.AddWithValue(hours.ToArray());
        command.Parameters.AddWithValue(why);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
