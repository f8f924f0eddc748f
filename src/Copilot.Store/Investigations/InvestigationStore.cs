using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Investigations;

/// <summary>Keeps suggested investigations, so that a restart neither forgets an open one nor announces it twice.</summary>
public sealed class InvestigationStore(CopilotDatabase database)
{
    private const string Columns =
        "id, opened_at, last_seen_at, closed_at, window_from, window_to, cause, operation, kind, confidence, summary, "
        + "services, trace_ids, source, answer";

    public Task<IReadOnlyList<InvestigationRow>> OpenAsync(CancellationToken cancellationToken) =>
        ReadAsync($"select {Columns} from suggestions where closed_at is null order by opened_at", [], cancellationToken);

    /// <summary>The latest first, closed ones included.</summary>
    public Task<IReadOnlyList<InvestigationRow>> LatestAsync(int most, CancellationToken cancellationToken) =>
        ReadAsync(
            $"select {Columns} from suggestions order by opened_at desc limit $1",
            [new NpgsqlParameter<int> { TypedValue = most }],
            cancellationToken
        );

    /// <summary>How many there are, closed ones included, and how many of them are open.</summary>
    public async Task<(long All, long Open)> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            "select count(*), count(*) filter (where closed_at is null) from suggestions"
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return (reader.GetInt64(0), reader.GetInt64(1));
    }

    public async Task<InvestigationRow?> FindAsync(string id, CancellationToken cancellationToken) =>
        (
            await ReadAsync(
                $"select {Columns} from suggestions where id = $1",
                [new NpgsqlParameter<string> { TypedValue = id }],
                cancellationToken
            )
        )
            is [var row]
            ? row
            : null;

    /// <summary>Adds it, or brings what is kept of it up to date.</summary>
    public async Task SaveAsync(InvestigationRow row, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            $"""
            insert into suggestions ({Columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15::jsonb)
            on conflict (id) do update set last_seen_at = $3, closed_at = $4, window_to = $6, cause = $7, operation = $8,
              kind = $9, confidence = $10,
              summary = $11, services = $12, trace_ids = $13, answer = $15::jsonb
            """
        );
        void Add<T>(T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        Add(row.Id);
        Add(row.OpenedAt.ToUniversalTime());
        Add(row.LastSeenAt.ToUniversalTime());
        Add(row.ClosedAt?.ToUniversalTime());
        Add(row.Window.From.ToUniversalTime());
        Add(row.Window.To.ToUniversalTime());
        Add(row.Cause);
        Add(row.Operation);
        Add(InvestigationKind.Word(row.Kind));
        Add(row.Confidence);
        Add(row.Summary);
        Add(row.Services.ToArray());
        Add(row.TraceIds.ToArray());
        Add(row.Source);
        Add(row.Answer);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<IReadOnlyList<InvestigationRow>> ReadAsync(
        string sql,
        NpgsqlParameter[] parameters,
        CancellationToken cancellationToken
    )
    {
        await using var command = database.DataSource.CreateCommand(sql);
        command.Parameters.AddRange(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<InvestigationRow>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(
                new InvestigationRow
                {
                    Id = reader.GetString(0),
                    OpenedAt = reader.GetFieldValue<DateTimeOffset>(1),
                    LastSeenAt = reader.GetFieldValue<DateTimeOffset>(2),
                    ClosedAt = reader.IsDBNull(3) ? null : reader.GetFieldValue<DateTimeOffset>(3),
                    Window = new TimeWindow(reader.GetFieldValue<DateTimeOffset>(4), reader.GetFieldValue<DateTimeOffset>(5)),
                    Cause = reader.GetString(6),
                    Operation = reader.IsDBNull(7) ? null : reader.GetString(7),
                    Kind = InvestigationKind.Parse(reader.GetString(8)),
                    Confidence = reader.GetDouble(9),
                    Summary = reader.GetString(10),
                    Services = reader.GetFieldValue<string[]>(11),
                    TraceIds = reader.GetFieldValue<string[]>(12),
                    Source = reader.GetString(13),
                    Answer = reader.IsDBNull(14) ? null : reader.GetString(14),
                }
            );
        }

        return rows;
    }
}
