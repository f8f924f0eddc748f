using Copilot.Telemetry.Intake;
using Npgsql;

namespace Copilot.Store.Writers;

/// <summary>Remembers requests by the hash of their body, in the transaction that stores them.</summary>
internal static class ReceivedRequests
{
    /// <summary>Notes these requests and returns the hashes of those that were not known; each once, however often it is in the
    /// group.</summary>
    public static async Task<HashSet<Guid>> AddAsync(
        NpgsqlConnection connection,
        IEnumerable<TelemetryBatch> batches,
        CancellationToken cancellationToken
    )
    {
        var group = batches.DistinctBy(static batch => batch.ContentHash).OrderBy(static batch => batch.ContentHash).ToArray();
        await using var command = new NpgsqlCommand(
            """
            insert into received_requests (hash, imported) select * from unnest($1, $2) as g (hash, imported) order by hash
            on conflict do nothing returning hash
            """,
            connection
        );
        command.Parameters.AddWithValue(group.Select(static batch => batch.ContentHash).ToArray());
        command.Parameters.AddWithValue(group.Select(static batch => batch.Imported).ToArray());
        var added = new HashSet<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            added.Add(reader.GetGuid(0));
        return added;
    }
}
