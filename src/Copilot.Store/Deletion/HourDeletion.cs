using Copilot.Store.Commands;
using Copilot.Store.Intake;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Deletion;

/// <summary>How much a transaction took.</summary>
public readonly record struct Taken(long Spans, long Logs, long Points)
{
    public static Taken operator +(Taken left, Taken right) =>
        new(left.Spans + right.Spans, left.Logs + right.Logs, left.Points + right.Points);
}

/// <summary>
/// Takes what a deletion names out of one partition, some thousand rows a transaction, each with its share of the figures: so the intake
/// goes on beside it, and what was counted is what is stored after every one of them.
/// </summary>
/// <remarks>
/// No transaction of the intake is raced: a span that is not committed yet is neither deleted nor taken out of the figures. Where all of a
/// service or a stretch goes, its figures go by their rows; then the last transaction keeps writers of this partition away, so that
/// nothing is counted of which the spans stay, and nothing stays that is not counted.
/// </remarks>
internal sealed class HourDeletion(CopilotDatabase database, long deletionId, DeletionScope scope)
{
    private const int RowsAtOnce = 20_000;

    /// <summary>Distillation puts another table in a partition's place, and compaction moves what is counted: neither meanwhile.</summary>
    private const string Locks =
        "set local lock_timeout = '10s'; select pg_advisory_xact_lock(hashtext('copilot distillation')); " + RollupFold.Lock;

    private readonly TimeWindow _reach = DeletionSql.Reach(scope);

    /// <param name="hour">What the partition holds; the default one's is everything.</param>
    public async Task<long> SpansAsync(string partition, TimeWindow hour, CancellationToken cancellationToken)
    {
        long taken = 0;
        while (true)
        {
            var some = await SomeSpansAsync(partition, last: false, hour, cancellationToken);
            taken += some;
            if (some < RowsAtOnce)
                return scope.TakesAll ? taken + await SomeSpansAsync(partition, last: true, hour, cancellationToken) : taken;
        }
    }

    public async Task<long> LogsAsync(string partition, CancellationToken cancellationToken)
    {
        var mine = scope.TakesAll
            ? DeletionSql.OfService(scope, "s")
            : Sql.Of(
                $"""
                ({DeletionSql.OfService(scope, "s")} and (
                  (s.trace_id is not null and s.trace_id in (select trace_id from deletion_traces where deletion_id = {deletionId}))
                  or ({InWindow("s.time_ns", scope.Window)} and {DeletionSql.LogCarries(scope)})))
                """
            );
        Sql delete = $"""
            with those as materialized (
                select ctid from {Sql.Trusted(partition)} s where {InWindow("s.time_ns", _reach)} and {mine} limit {RowsAtOnce})
            delete from {Sql.Trusted(partition)} s where s.ctid = any(array(select ctid from those))
            returning s.time_ns, s.service_id, s.attributes
            """;
        long taken = 0;
        while (true)
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await connection.ExecuteAsync(
                "create temp table gone_logs (time_ns bigint, service_id int, attributes jsonb) on commit drop",
                cancellationToken
            );
            var some = await RunAsync(connection, Sql.Of($"with g as ({delete}) insert into gone_logs select * from g"), cancellationToken);
            await ForgottenNames.OfLogsAsync(connection, scope, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            taken += some;
            if (some < RowsAtOnce)
                return taken;
        }
    }

    public async Task<long> PointsAsync(string partition, CancellationToken cancellationToken)
    {
        Sql delete = $"""
            with those as materialized (
                select ctid from {Sql.Trusted(partition)} p where {InWindow("p.time_ns", scope.Window)}
                  and p.series_id in ({DeletionSql.Series(scope)}) limit {RowsAtOnce})
            delete from {Sql.Trusted(partition)} p where p.ctid = any(array(select ctid from those))
            """;
        long taken = 0;
        while (true)
        {
            await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
            var some = await RunAsync(connection, delete, cancellationToken);
            taken += some;
            if (some < RowsAtOnce)
                return taken;
        }
    }

    /// <summary>Notes the traces whose spans or log records in these partitions carry the value.</summary>
    public async Task FindAsync(string parent, string partition, CancellationToken cancellationToken)
    {
        var (time, carries) =
            parent == "spans" ? ("s.start_ns", DeletionSql.SpanCarries(scope)) : ("s.time_ns", DeletionSql.LogCarries(scope));
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await RunAsync(
            connection,
            $"""
            insert into deletion_traces (deletion_id, trace_id)
            select distinct {deletionId}, s.trace_id from {Sql.Trusted(partition)} s
            where s.trace_id is not null and {InWindow(time, scope.Window)} and {DeletionSql.OfService(scope, "s")} and {carries}
            on conflict do nothing
            """,
            cancellationToken
        );
    }

    internal static Sql InWindow(string column, TimeWindow window) =>
        Sql.Of($"{Sql.Trusted(column)} >= {window.FromNs} and {Sql.Trusted(column)} < {window.ToNs}");

    internal static async Task<int> RunAsync(NpgsqlConnection connection, Sql sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("", connection) { CommandTimeout = 1800 };
        command.CommandText = sql.Render(command.Parameters);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task<int> SomeSpansAsync(string partition, bool last, TimeWindow hour, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await connection.ExecuteAsync(Locks, cancellationToken);
        if (last)
            await connection.ExecuteAsync($"lock table {partition} in exclusive mode", cancellationToken);
        await connection.ExecuteAsync("create temp table gone (like spans) on commit drop", cancellationToken);
        var mine = scope.TakesAll
            ? DeletionSql.OfService(scope, "s")
            : Sql.Of(
                $"""
                {DeletionSql.OfService(scope, "s")}
                  and s.trace_id in (select trace_id from deletion_traces where deletion_id = {deletionId})
                """
            );
        var most = last ? int.MaxValue : RowsAtOnce;
        var some = await RunAsync(
            connection,
            $"""
            with those as materialized (
                select ctid from {Sql.Trusted(partition)} s where {InWindow("s.start_ns", _reach)} and {mine} limit {most}),
            g as (
                delete from {Sql.Trusted(partition)} s where s.ctid = any(array(select ctid from those)) returning s.*)
            insert into gone select * from g
            """,
            cancellationToken
        );
        if (scope.TakesAll && last)
            await new FigureDeletion(connection, scope).RunAsync(hour, cancellationToken);
        if (!scope.TakesAll && some > 0)
            await RollupSubtraction.RunAsync(connection, cancellationToken);
        if (some > 0)
            await ForgottenNames.OfSpansAsync(connection, scope, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return some;
    }
}
