using System.Collections.Concurrent;
using Copilot.Store.Intake;
using Npgsql;

namespace Copilot.Store.Writers;

/// <summary>Notes when each service's spans last came in; not with every request, for all of them would wait for the same rows.</summary>
internal sealed class ServiceArrivals(TimeProvider time)
{
    /// <summary>How far a note may be behind the last arrival.</summary>
    public static readonly TimeSpan Grain = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<int, DateTimeOffset> _noted = [];

    /// <summary>Those of these batches' services that are due a note, in the order in which any writer takes their rows.</summary>
    public int[] Due(IReadOnlyList<ResolvedIds> batches)
    {
        var before = time.GetUtcNow() - Grain;
        var services = batches.SelectMany(static ids => ids.Services).Distinct();
        return [.. services.Where(id => !_noted.TryGetValue(id, out var noted) || noted <= before).Order()];
    }

    public static async Task NoteAsync(NpgsqlConnection connection, int[] services, CancellationToken cancellationToken)
    {
        if (services.Length == 0)
            return;
        await using var command = new NpgsqlCommand(
            """
            insert into service_arrivals (service_id, last_arrival) select id, now() from unnest($1) as g (id) order by id
            on conflict (service_id) do update set last_arrival = excluded.last_arrival
            """,
            connection
        );
        command.Parameters.AddWithValue(services);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The transaction that noted them is committed.</summary>
    public void Noted(int[] services)
    {
        var now = time.GetUtcNow();
        foreach (var service in services)
            _noted[service] = now;
    }
}
