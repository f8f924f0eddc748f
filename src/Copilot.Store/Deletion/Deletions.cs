using Copilot.Store.Commands;
using Copilot.Store.Writers;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Deletion;

/// <summary>A deletion that was asked for.</summary>
public sealed record DeletionState
{
    public required long Id { get; init; }

    public required DeletionScope Scope { get; init; }

    public required string AskedBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }

    /// <summary>So far.</summary>
    public required Taken Taken { get; init; }

    /// <summary>Why it is tried again; null: nothing went wrong.</summary>
    public required string? Problem { get; init; }

    /// <summary>Null: it goes on.</summary>
    public required DateTimeOffset? DoneAt { get; init; }
}

/// <summary>
/// Deletions by service, time or an attribute's value: asked for once, done by one instance hour by hour, taken up again where it died.
/// </summary>
public sealed class Deletions(CopilotDatabase database, TelemetryWriter writer, TimeProvider time) : IDisposable
{
    private const string Columns =
        "id, service, from_ns, to_ns, attribute_key, attribute_value, asked_by, asked_at, spans, logs, points, problem, done_at";

    private readonly SemaphoreSlim _asked = new(0);

    /// <summary>Asks for it; it is begun at once where no other goes on.</summary>
    public async Task<long> AskAsync(DeletionScope scope, string by, CancellationToken cancellationToken)
    {
        var id = (
            await database.QueryAsync(
                Sql.Of(
                    $"""
                    insert into deletions (digest, service, from_ns, to_ns, attribute_key, attribute_value, asked_by)
                    values ({scope.Digest()}, {scope.Service}, {scope.Window.FromNs}, {scope.Window.ToNs}, {scope.AttributeKey},
                      {scope.AttributeValue}, {by})
                    returning id
                    """
                ),
                static reader => reader.GetInt64(0),
                cancellationToken
            )
        )[0];
        _asked.Release();
        return id;
    }

    /// <summary>The latest, at most 50.</summary>
    public async Task<IReadOnlyList<DeletionState>> ListAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync(
            Sql.Of($"select {Sql.Trusted(Columns)} from deletions order by id desc limit 50"),
            State,
            cancellationToken
        );

    public async Task<DeletionState?> FindAsync(long id, CancellationToken cancellationToken) =>
        (
            await database.QueryAsync(Sql.Of($"select {Sql.Trusted(Columns)} from deletions where id = {id}"), State, cancellationToken)
        ).FirstOrDefault();

    public void Dispose() => _asked.Dispose();

    /// <summary>Returns when one was asked for here, or after a while: another instance may have asked.</summary>
    internal async Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) =>
        await _asked.WaitAsync(longest, cancellationToken);

    /// <summary>Does what is asked for and not done, unless another instance does.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var open = await OpenAsync(cancellationToken);
        if (open.Count == 0)
            return;
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using (var claim = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtext('copilot deletions'))", connection))
        {
            if (await claim.ExecuteScalarAsync(cancellationToken) is not true)
                return;
        }

        // Another may have done some before the lock was free.
        foreach (var next in await OpenAsync(cancellationToken))
        {
            try
            {
                await RunAsync(next, cancellationToken);
            }
            catch (Exception failure) when (failure is NpgsqlException or StoreException && !cancellationToken.IsCancellationRequested)
            {
                await RunSqlAsync($"update deletions set problem = {failure.Message} where id = {next.Id}", CancellationToken.None);
                throw;
            }
        }
    }

    private async Task RunAsync(DeletionState asked, CancellationToken cancellationToken)
    {
        var scope = asked.Scope;
        var hours = new HourDeletion(database, asked.Id, scope);
        if (!scope.TakesAll)
        {
            foreach (var parent in (string[])["spans", "logs"])
            {
                foreach (var (name, _) in await PartitionsAsync(parent, scope.Window, cancellationToken))
                    await hours.FindAsync(parent, name, cancellationToken);
            }
        }

        var reach = DeletionSql.Reach(scope);
        foreach (var (name, hour) in await PartitionsAsync("spans", reach, cancellationToken))
            await CountAsync(asked.Id, new Taken(await hours.SpansAsync(name, hour, cancellationToken), 0, 0), cancellationToken);
        foreach (var (name, _) in await PartitionsAsync("logs", reach, cancellationToken))
            await CountAsync(asked.Id, new Taken(0, await hours.LogsAsync(name, cancellationToken), 0), cancellationToken);
        foreach (var (name, _) in await PartitionsAsync("metric_points", scope.Window, cancellationToken))
            await CountAsync(asked.Id, new Taken(0, 0, await hours.PointsAsync(name, cancellationToken)), cancellationToken);
        await ForgottenNames.OfScopeAsync(database, scope, time.GetUtcNow(), cancellationToken);
        if (!scope.TakesAll)
            writer.ForgetNames();
        // The value itself is what was to be forgotten.
        await RunSqlAsync(
            $"update deletions set done_at = now(), problem = null, attribute_value = null where id = {asked.Id}",
            cancellationToken
        );
        await RunSqlAsync($"delete from deletion_traces where deletion_id = {asked.Id}", cancellationToken);
    }

    /// <summary>The hours with their partitions, and last the default one, which holds what has none.</summary>
    private async Task<IReadOnlyList<(string Name, TimeWindow Hour)>> PartitionsAsync(
        string parent,
        TimeWindow window,
        CancellationToken cancellationToken
    )
    {
        var hours = await database.QueryAsync(
            Sql.Of(
                $"""
                select name, from_ns, to_ns from telemetry_partitions
                where parent = {parent} and from_ns < {window.ToNs} and to_ns > {window.FromNs} order by from_ns
                """
            ),
            static reader => (reader.GetString(0), new TimeWindow(reader.GetInt64(1), reader.GetInt64(2))),
            cancellationToken
        );
        return [.. hours, (parent + "_default", new TimeWindow(0, long.MaxValue))];
    }

    private async Task<List<DeletionState>> OpenAsync(CancellationToken cancellationToken) =>
        await database.QueryAsync(
            Sql.Of($"select {Sql.Trusted(Columns)} from deletions where done_at is null order by id"),
            State,
            cancellationToken
        );

    private Task CountAsync(long id, Taken taken, CancellationToken cancellationToken) =>
        taken == default
            ? Task.CompletedTask
            : RunSqlAsync(
                $"""
                update deletions set spans = spans + {taken.Spans}, logs = logs + {taken.Logs}, points = points + {taken.Points}
                where id = {id}
                """,
                cancellationToken
            );

    private async Task RunSqlAsync(Sql sql, CancellationToken cancellationToken)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        await HourDeletion.RunAsync(connection, sql, cancellationToken);
    }

    private static DeletionState State(NpgsqlDataReader reader) =>
        new()
        {
            Id = reader.GetInt64(0),
            Scope = DeletionScope.Stored(
                reader.Text(1),
                new TimeWindow(reader.GetInt64(2), reader.GetInt64(3)),
                reader.Text(4),
                reader.Text(5)
            ),
            AskedBy = reader.GetString(6),
            AskedAt = reader.GetFieldValue<DateTimeOffset>(7),
            Taken = new Taken(reader.GetInt64(8), reader.GetInt64(9), reader.GetInt64(10)),
            Problem = reader.Text(11),
            DoneAt = reader.Nullable<DateTimeOffset>(12),
        };
}
