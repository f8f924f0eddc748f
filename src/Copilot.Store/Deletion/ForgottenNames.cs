using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Npgsql;

namespace Copilot.Store.Deletion;

/// <summary>
/// What was learned from deleted rows beside the figures: attribute values are unlearned and their minutes looked at again, so that what
/// others carry comes back; citations of their traces go.
/// </summary>
internal static class ForgottenNames
{
    public static async Task OfSpansAsync(NpgsqlConnection connection, DeletionScope scope, CancellationToken cancellationToken)
    {
        if (!scope.TakesAll)
            await UnlearnAsync(
                connection,
                """
                select 'span' as level, g.service_id, e.key, e.value from gone g, jsonb_each(g.attributes) e
                union all
                select 'event', g.service_id, e.key, e.value from gone g, jsonb_array_elements(g.events) x, jsonb_each(x -> 'a') e
                  where g.events is not null
                union all
                select 'link', g.service_id, e.key, e.value from gone g, jsonb_array_elements(g.links) x, jsonb_each(x -> 'a') e
                  where g.links is not null
                """,
                cancellationToken
            );
        await connection.ExecuteAsync(
            $"""
            delete from cited_traces where trace_id in (select trace_id from gone);
            delete from distilled_traces where trace_id in (select trace_id from gone);
            insert into pending_minutes (pass, minute_ns)
            select p.pass, m.minute_ns from (values ({PendingMinutes.Edges}), ({PendingMinutes.AttributeIndex})) p (pass),
                (select distinct start_ns - start_ns % 60000000000 as minute_ns from gone) m
            """,
            cancellationToken
        );
    }

    public static async Task OfLogsAsync(NpgsqlConnection connection, DeletionScope scope, CancellationToken cancellationToken)
    {
        if (scope.TakesAll)
            return;
        await UnlearnAsync(
            connection,
            "select 'log' as level, g.service_id, e.key, e.value from gone_logs g, jsonb_each(g.attributes) e",
            cancellationToken
        );
        await connection.ExecuteAsync(
            $"""
            insert into pending_minutes (pass, minute_ns)
            select distinct {PendingMinutes.LogCatalogue}, time_ns - time_ns % 60000000000 from gone_logs
            """,
            cancellationToken
        );
    }

    /// <summary>What stays of the scope when all its rows are gone: names in the index, changes, values of resources and series.</summary>
    public static async Task OfScopeAsync(
        CopilotDatabase database,
        DeletionScope scope,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (scope.TakesAll)
            await HourDeletion.RunAsync(
                connection,
                $"""
                delete from changes where time >= {scope.Window.From} and time < {scope.Window.To}
                  and ({scope.Service}::text is null or service = {scope.Service})
                """,
                cancellationToken
            );
        if (scope.TakesService(now))
        {
            foreach (var table in (string[])["attribute_values", "attribute_keys", "service_arrivals"])
                await HourDeletion.RunAsync(
                    connection,
                    $"delete from {Sql.Trusted(table)} where service_id in (select id from services where name = {scope.Service})",
                    cancellationToken
                );
        }

        if (!scope.TakesAll)
            await BlankAsync(connection, scope, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Resources and series are named by rows that other instances know by number: the value in them is blanked, and who sends it
    /// again gets a row of its own.</summary>
    private static async Task BlankAsync(NpgsqlConnection connection, DeletionScope scope, CancellationToken cancellationToken)
    {
        var (key, value) = (scope.AttributeKey!, scope.AttributeValue!);
        foreach (var table in (string[])["resources", "metric_series"])
            await HourDeletion.RunAsync(
                connection,
                $"""
                update {Sql.Trusted(
                    table
                )} s set hash = gen_random_uuid(), attributes = s.attributes || jsonb_build_object({key}::text, '(deleted)')
                where {DeletionSql.OfService(scope, "s")} and {DeletionSql.Has("s.attributes", key, value)}
                """,
                cancellationToken
            );
        await HourDeletion.RunAsync(
            connection,
            $"""
            delete from attribute_values where key = {key} and value = left({value}, 200)
              and ({scope.Service}::text is null or service_id in (select id from services where name = {scope.Service}))
            """,
            cancellationToken
        );
    }

    private static Task UnlearnAsync(NpgsqlConnection connection, string carried, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"""
            delete from attribute_values v using (
                select distinct level, service_id, key, left(value #>> array[]::text[], 200) as value from ({carried}) c) c
            where v.level = c.level and v.service_id = c.service_id and v.key = c.key and v.value = c.value
            """,
            cancellationToken
        );
}
