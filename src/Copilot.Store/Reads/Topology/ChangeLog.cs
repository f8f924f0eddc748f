using Copilot.Telemetry.Records;
using Npgsql;
using NpgsqlTypes;

namespace Copilot.Store.Reads.Topology;

/// <summary>Writes changes; the same change again adds nothing.</summary>
public sealed class ChangeLog(CopilotDatabase database)
{
    private const string Insert = """
        insert into changes (time, service, kind, version, previous_version, summary, author, url, source, attributes)
        select * from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        on conflict do nothing
        """;

    /// <summary>How many were not known yet.</summary>
    public async Task<int> AddAsync(IReadOnlyList<NewChange> changes, CancellationToken cancellationToken)
    {
        await using var command = database.DataSource.CreateCommand(Insert);
        command.Parameters.Add(new NpgsqlParameter { Value = changes.Select(change => change.Told.Time.ToUniversalTime()).ToArray() });
        command.Parameters.Add(Text(changes, change => change.Service));
        command.Parameters.Add(Text(changes, change => change.Kind));
        command.Parameters.Add(Text(changes, change => change.Version));
        command.Parameters.Add(Text(changes, change => change.PreviousVersion));
        command.Parameters.Add(Text(changes, change => change.Summary));
        command.Parameters.Add(Text(changes, change => change.Author));
        command.Parameters.Add(Text(changes, change => change.Url));
        command.Parameters.Add(Text(changes, change => change.Source));
        command.Parameters.Add(
            new NpgsqlParameter
            {
                Value = changes.Select(change => change.AttributesJson).ToArray(),
                NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
            }
        );
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static NpgsqlParameter Text(IReadOnlyList<NewChange> changes, Func<Change, string?> value) =>
        new() { Value = changes.Select(change => value(change.Told)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>A change as it is told.</summary>
/// <param name="AttributesJson">What was told of it beside what every change has, as a JSON object.</param>
public sealed record NewChange(Change Told, string? AttributesJson);
