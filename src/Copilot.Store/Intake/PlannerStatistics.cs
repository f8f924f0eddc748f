using Copilot.Store.Commands;

namespace Copilot.Store.Intake;

/// <summary>
/// Tells Postgres' planner about what was loaded: autovacuum would, but only minutes later. Only tables that have grown since they were
/// looked at last are: over hundreds of partitions the others would take seconds.
/// </summary>
internal sealed class PlannerStatistics(CopilotDatabase database) : ITelemetryCatchUp
{
    /// <summary>By their size, which is known at once; counters of changed rows are told by Postgres a while later.</summary>
    private const string Grown = """
        with tables as (
          select c.oid, c.reltuples, pg_relation_size(c.oid) / current_setting('block_size')::int as pages,
            coalesce(i.inhparent, c.oid) as whole,
            c.reltuples < 0 or pg_relation_size(c.oid) / current_setting('block_size')::int > c.relpages * 1.1 as grown
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
          left join pg_inherits i on i.inhrelid = c.oid
          where c.relkind = 'r' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and pg_relation_size(c.oid) > 0),
        wholes as (
          select t.whole, p.relkind = 'p' and (p.reltuples < 0 or sum(t.pages) filter (where t.grown) > sum(t.pages) * 0.1) as all_of_it
          from tables t join pg_class p on p.oid = t.whole where exists (select from tables g where g.whole = t.whole and g.grown)
          group by t.whole, p.relkind, p.reltuples)
        select whole::regclass::text from wholes where all_of_it
        union all
        select t.oid::regclass::text from tables t join wholes w on w.whole = t.whole where t.grown and not w.all_of_it
        """;

    public Task CatchUpAsync(CancellationToken cancellationToken) => AnalyzeAsync(cancellationToken);

    /// <returns>The tables that were looked at; a partitioned one stands for all its partitions.</returns>
    internal async Task<IReadOnlyList<string>> AnalyzeAsync(CancellationToken cancellationToken)
    {
        var tables = await database.QueryAsync(Sql.Trusted(Grown), reader => reader.GetString(0), cancellationToken);
        if (tables.Count == 0)
            return [];
        await using var command = database.DataSource.CreateCommand("analyze " + string.Join(", ", tables));
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync(cancellationToken);
        return tables;
    }
}
