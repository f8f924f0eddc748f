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
        command.Parameters.Add(new NpgsqlParameter { Value = changes.Select(change => change.Time.ToUniversalTime()).ToArray() });
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

    private static NpgsqlParameter Text(IReadOnlyList<NewChange> changes, Func<NewChange, string?> value) =>
        new() { Value = changes.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text };
}

/// <summary>A change to a running system, as it is told.</summary>
public sealed record NewChange
{
    public required DateTimeOffset Time { get; init; }

    public required string Service { get; init; }

    /// <summary>deploy, rollback, flag, config, scale, …</summary>
    public required string Kind { get; init; }

    public string? Version { get; init; }

    public string? PreviousVersion { get; init; }

    public string Summary { get; init; } = "";

    public string? Author { get; init; }

    public string? Url { get; init; }

    /// <summary>Who told of it: <c>api</c>, <c>import</c>, or <c>service.version</c> (seen in telemetry).</summary>
    public required string Source { get; init; }

    /// <summary>Anything else, as a JSON object.</summary>
    public string? AttributesJson { get; init; }
}
