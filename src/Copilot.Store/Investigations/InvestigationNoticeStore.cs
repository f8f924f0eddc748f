using Copilot.Telemetry.Text;
using Npgsql;

namespace Copilot.Store.Investigations;

/// <summary>Remembers what was told where.</summary>
public sealed class InvestigationNoticeStore(CopilotDatabase database)
{
    /// <summary>Of suggestions that are open, and of closed ones whose end was not told yet.</summary>
    public async Task<IReadOnlyList<InvestigationNotice>> OfPlaceAsync(string place, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            """
            select t.suggestion_id, t.place, t.state, t.reference, t.cause, t.reason from suggestion_tellings t
              join suggestions s on s.id = t.suggestion_id
            where t.place = $1 and (s.closed_at is null or t.state = 'open')
            """
        );
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = place });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var investigationNotices = new List<InvestigationNotice>();
        while (await reader.ReadAsync(cancellationToken))
        {
            investigationNotices.Add(
                new InvestigationNotice(
                    reader.GetString(0),
                    reader.GetString(1),
                    EnumWords.Parse<NoticeState>(reader.GetString(2)),
                    Text(3),
                    Text(4),
                    Text(5)
                )
            );
        }

        return investigationNotices;

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }

    public async Task SaveAsync(InvestigationNotice investigationNotice, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(
            """
            insert into suggestion_tellings (suggestion_id, place, state, reference, cause, reason, changed_at)
              values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (suggestion_id, place) do update set state = $3, reference = $4, cause = $5, reason = $6, changed_at = $7
            """
        );
        void Add<T>(T value) => command.Parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        Add(investigationNotice.SuggestionId);
        Add(investigationNotice.Place);
        Add(investigationNotice.State.Word());
        Add(investigationNotice.Reference);
        Add(investigationNotice.Cause);
        Add(investigationNotice.Reason);
        Add(at.ToUniversalTime());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
