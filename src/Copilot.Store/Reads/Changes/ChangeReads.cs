using Copilot.Store.Reads.Commands;

namespace Copilot.Store.Reads.Changes;

/// <summary>Deploys, rollbacks, flag flips, configuration changes.</summary>
public sealed class ChangeReads(CopilotDatabase database)
{
    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<ChangeRecord>> FindAsync(ChangeFilter filter, CancellationToken cancellation)
    {
        var clauses = new List<Sql> { Sql.Of($"c.time >= {filter.From.ToUniversalTime()} and c.time < {filter.To.ToUniversalTime()}") };
        if (filter.Services.Count > 0) clauses.Add(Sql.Of($"c.service = any({filter.Services.ToArray()})"));
        if (filter.Kinds.Count > 0)
            clauses.Add(Sql.Of($"exists (select from unnest({filter.Kinds.ToArray()}) k where strpos(lower(c.kind), lower(k)) > 0)"));
        if (filter.Version is { } version) clauses.Add(Sql.Of($"c.version = {version}"));
        if (filter.Author is { } author) clauses.Add(Sql.Of($"strpos(lower(c.author), lower({author})) > 0"));
        Sql sql = $"""
            select c.time, c.service, c.kind, c.version, c.previous_version, c.summary, c.author, c.url, c.source
            from changes c where {Sql.Join(" and ", clauses)} order by c.time desc, c.id desc limit {filter.Limit}
            """;
        return await database.QueryAsync(
            sql,
            reader => new ChangeRecord(
                reader.GetFieldValue<DateTimeOffset>(0), reader.GetString(1), reader.GetString(2), reader.Text(3), reader.Text(4),
                reader.GetString(5), reader.Text(6), reader.Text(7), reader.GetString(8)),
            cancellation);
    }
}
