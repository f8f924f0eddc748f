using Npgsql;

namespace Copilot.Store.Investigations;

/// <summary>Keeps alerts, so that what is delivered late, again or in another order changes nothing that is not new.</summary>
public sealed class AlertStore(CopilotDatabase database)
{
    /// <summary>No sender repeats a delivery for so long.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    public async Task<AlertRow?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "select source, title, firing, started_at, ended_at, investigation_id, last_seen_at from alerts where id = $1"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = id });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new AlertRow
            {
                Id = id,
                Source = reader.GetString(0),
                Title = reader.GetString(1),
                Firing = reader.GetBoolean(2),
                StartedAt = reader.GetFieldValue<DateTimeOffset>(3),
                EndedAt = reader.IsDBNull(4) ? null : reader.GetFieldValue<DateTimeOffset>(4),
                InvestigationId = reader.IsDBNull(5) ? null : reader.GetString(5),
                LastSeenAt = reader.GetFieldValue<DateTimeOffset>(6),
            }
            : null;
    }

    /// <summary>How many alerts of an investigation still fire.</summary>
    public async Task<int> FiringAsync(string investigation, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "select count(*)::int from alerts where investigation_id = $1 and firing"
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = investigation });
        return (int)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>Adds it, or brings what is kept of it up to date; those that were over long ago are forgotten.</summary>
    public async Task SaveAsync(AlertRow row, CancellationToken cancellationToken)
    {
        await using var batch = database.DataSource.CreateBatch();
        var save = new NpgsqlBatchCommand(
            """
            insert into alerts (id, source, title, firing, started_at, ended_at, investigation_id, last_seen_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (id) do update
            set title = $3, firing = $4, started_at = $5, ended_at = $6, investigation_id = $7, last_seen_at = $8
            """
        );
        void Add<T>(T value) => save.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        Add(row.Id);
        Add(row.Source);
        Add(row.Title);
        Add(row.Firing);
        Add(row.StartedAt.ToUniversalTime());
        Add(row.EndedAt?.ToUniversalTime());
        Add(row.InvestigationId);
        Add(row.LastSeenAt.ToUniversalTime());
        batch.BatchCommands.Add(save);
        var forget = new NpgsqlBatchCommand("delete from alerts where not firing and last_seen_at < $1");
        forget.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = row.LastSeenAt.ToUniversalTime() - Remembered });
        batch.BatchCommands.Add(forget);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
