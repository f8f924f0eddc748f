using Npgsql;

namespace Copilot.Store.Suggestions;

/// <summary>Remembers what was told where.</summary>
public sealed class TellingStore(CopilotDatabase database)
{
    /// <summary>Of suggestions that are open, and of closed ones whose end was not told yet.</summary>
    public async Task<IReadOnlyList<Telling>> OfPlaceAsync(string place, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("""
            select t.suggestion_id, t.place, t.state, t.reference, t.cause, t.reason from suggestion_tellings t join suggestions s on s.id = t.suggestion_id
            where t.place = $1 and (s.closed_at is null or t.state = 'open')
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = place });
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var tellings = new List<Telling>();
        while (await reader.ReadAsync(cancellation))
        {
            tellings.Add(new Telling(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), Text(3), Text(4), Text(5)));
        }

        return tellings;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    public async Task SaveAsync(Telling telling, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = database.DataSource.CreateCommand("""
            insert into suggestion_tellings (suggestion_id, place, state, reference, cause, reason, changed_at) values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (suggestion_id, place) do update set state = $3, reference = $4, cause = $5, reason = $6, changed_at = $7
            """);
        void Add<T>(T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        Add(telling.SuggestionId);
        Add(telling.Place);
        Add(telling.State);
        Add(telling.Reference);
        Add(telling.Cause);
        Add(telling.Reason);
        Add(at.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
