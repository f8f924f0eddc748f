using Copilot.Store.Commands;
using Copilot.Telemetry.Records;

namespace Copilot.Store.Reads.Topology;

/// <summary>Deploys, rollbacks, flag flips, configuration changes.</summary>
public sealed class ChangeReads(CopilotDatabase database)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Change>> FindAsync(ChangeFilter filter, CancellationToken cancellationToken)
    {
        var clauses = new List<Sql> { Sql.Of($"c.time >= {filter.From.ToUniversalTime()} and c.time < {filter.To.ToUniversalTime()}") };
        if (filter.Services.Count > 0)
            clauses.Add(Sql.Of($"c.service = any({filter.Services.ToArray()})"));
        if (filter.Kinds.Count > 0)
            clauses.Add(Sql.Of($"exists (select from unnest({filter.Kinds.ToArray()}) k where strpos(lower(c.kind), lower(k)) > 0)"));
        if (filter.Version is { } version)
            clauses.Add(Sql.Of($"c.version = {version}"));
        if (filter.Author is { } author)
            clauses.Add(Sql.Of($"strpos(lower(c.author), lower({author})) > 0"));
        Sql sql = $"""
            select c.time, c.service, c.kind, c.version, c.previous_version, c.summary, c.author, c.url, c.source
            from changes c where {Sql.Join(" and ", clauses)} order by c.time desc, c.id desc limit {filter.Limit}
            """;
        return await database.QueryAsync(
            sql,
            reader => new Change
            {
                Time = reader.GetFieldValue<DateTimeOffset>(0),
                Service = reader.GetString(1),
                Kind = reader.GetString(2),
                Version = reader.Text(3),
                PreviousVersion = reader.Text(4),
                Summary = reader.GetString(5),
                Author = reader.Text(6),
                Url = reader.Text(7),
                Source = reader.GetString(8),
            },
            cancellationToken
        );
    }
}

/// <summary>Which changes are wanted; everything set must hold. Times are half-open.</summary>
public sealed record ChangeFilter
{
    public DateTimeOffset From { get; init; } = DateTimeOffset.MinValue;

    public DateTimeOffset To { get; init; } = DateTimeOffset.MaxValue;

    /// <summary>Empty: of all services.</summary>
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Empty: of every kind. Each stands for every kind that contains it: "flag" for "feature_flag".</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    public string? Version { get; init; }

    public string? Author { get; init; }

    public int Limit { get; init; } = 200;
}
