using Copilot.Store.Commands;
using Npgsql;

namespace Copilot.Store.Instrumentation;

/// <summary>A workload as a scan of manifests or of a cluster declares it: it runs, whether or not it sends anything.</summary>
/// <param name="Name">As it would be a service's name.</param>
/// <param name="Namespace">Null where it has none.</param>
/// <param name="Language">Null where it is not known.</param>
/// <param name="How">How it can be instrumented, in the scan's words; <see cref="Skipped"/> where it is left alone.</param>
public sealed record DeclaredWorkload(string Name, string? Namespace, string? Language, string? How)
{
    /// <summary>Left alone on purpose.</summary>
    public const string Skipped = "skipped";
}

/// <summary>Keeps what scans declared, scan by scan.</summary>
public sealed class DeclaredWorkloads(CopilotDatabase database)
{
    /// <summary>In the order of their names.</summary>
    public async Task<IReadOnlyList<DeclaredWorkload>> ListAsync(CancellationToken cancellationToken)
    {
        Sql sql = $"""
            select distinct on (name, namespace) name, nullif(namespace, ''), language, how
            from instrumentation_workloads order by name, namespace, seen_at desc
            """;
        return await database.QueryAsync(
            sql,
            reader => new DeclaredWorkload(reader.GetString(0), reader.Text(1), reader.Text(2), reader.Text(3)),
            cancellationToken
        );
    }

    /// <summary>Takes the place of what the same source declared before.</summary>
    public async Task ReplaceAsync(
        string source,
        IReadOnlyList<DeclaredWorkload> workloads,
        DateTimeOffset at,
        CancellationToken cancellationToken
    )
    {
        await using var batch = database.DataSource.CreateBatch();
        var delete = new NpgsqlBatchCommand("delete from instrumentation_workloads where source = $1");
        delete.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        batch.BatchCommands.Add(delete);
        var insert = new NpgsqlBatchCommand(
            """
            insert into instrumentation_workloads (source, namespace, name, language, how, seen_at)
            select $1, coalesce(w.namespace, ''), w.name, w.language, w.how, $6
            from unnest($2::text[], $3::text[], $4::text[], $5::text[]) as w (namespace, name, language, how)
            on conflict (source, namespace, name) do nothing
            """
        );
        insert.Parameters.Add(new NpgsqlParameter<string> { TypedValue = source });
        foreach (var column in new Func<DeclaredWorkload, string?>[] { w => w.Namespace, w => w.Name, w => w.Language, w => w.How })
            insert.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = [.. workloads.Select(column)] });
        insert.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = at.ToUniversalTime() });
        batch.BatchCommands.Add(insert);
        await batch.ExecuteNonQueryAsync(cancellationToken);
    }
}
