using Copilot.Testing;
using Npgsql;

namespace Copilot.Ingest.Tests.RealSenders;

/// <summary>What the store holds of one service.</summary>
internal sealed class Arrivals(PostgresFixture postgres, string service)
{
    public Task<string?> SpansAsync() =>
        ScalarAsync(
            """
            select string_agg(format('%s %s %s %s', o.name, s.kind, s.status, s.entry::text), ', ' order by o.name)
            from spans s join operations o on o.id = s.operation_id where s.service_id = $1
            """
        );

    /// <summary>Each once: a provider exports when it is flushed and again when it is closed.</summary>
    public Task<string?> MetricsAsync() =>
        ScalarAsync(
            """
            select string_agg(format('%s %s %s', kind, name, value), ', ' order by name)
            from (
                select distinct m.kind, m.name, coalesce(p.value, p.sum) as value
                from metric_points p join metric_series m on m.id = p.series_id where m.service_id = $1 and m.name in ('orders', 'latency', 'queue')
            ) points
            """
        );

    /// <summary>The first value of a query whose $1 is the service's id.</summary>
    public async Task<string?> ScalarAsync(string sql)
    {
        await using var find = postgres.Database.DataSource.CreateCommand("select id from services where name = $1");
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = service });
        var id = await find.ExecuteScalarAsync() as int? ?? throw new InvalidOperationException($"Nothing of '{service}' is in the store.");
        await using var command = postgres.Database.DataSource.CreateCommand(sql);
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = id });
        return (await command.ExecuteScalarAsync())?.ToString();
    }
}
