using System.Globalization;
using Copilot.Store.Commands;
using Copilot.Store.Retention;
using Copilot.Telemetry.Records;
using Npgsql;

namespace Copilot.Store.Deletion;

/// <summary>What a deletion would take, counted now.</summary>
public sealed record DeletionPreview
{
    public required DeletionScope Scope { get; init; }

    public required long Spans { get; init; }

    /// <summary>Of how many traces the spans are.</summary>
    public required long Traces { get; init; }

    public required long Logs { get; init; }

    /// <summary>Points of metrics.</summary>
    public required long Points { get; init; }

    /// <summary>Spans that the figures count and will not count any more; more than are stored where some were only counted.</summary>
    public required long Counted { get; init; }

    /// <summary>The services with the most of them, at most 20.</summary>
    public required IReadOnlyList<DeletedShare> Services { get; init; }

    /// <summary>What whoever decides should know, in sentences.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public bool IsEmpty => Spans == 0 && Logs == 0 && Points == 0 && Counted == 0;
}

/// <summary>How much of a deletion is of one service.</summary>
public sealed record DeletedShare(string Service, long Spans, long Logs);

/// <summary>Counts what a deletion would take; changes nothing.</summary>
public sealed class DeletionPreviews(CopilotDatabase database)
{
    private const string Kept =
        "Conversations, investigations and incidents keep what they quoted; delete those on their pages. The audit log and backups keep "
        + "theirs.";

    /// <exception cref="ArgumentException">The figures cannot be taken out exactly; it says what to ask for instead.</exception>
    public async Task<DeletionPreview> ReadAsync(DeletionScope scope, CancellationToken cancellationToken)
    {
        await CheckAsync(scope, cancellationToken);
        var spans = await CountAsync(Spans(scope), cancellationToken);
        var logs = await CountAsync(Logs(scope), cancellationToken);
        var traces = await ScalarAsync($"select count(distinct c.trace_id) from ({Spans(scope)}) c", cancellationToken);
        var points = await ScalarAsync(
            $"""
            select count(*) from metric_points p where {HourDeletion.InWindow("p.time_ns", scope.Window)}
              and p.series_id in ({DeletionSql.Series(scope)})
            """,
            cancellationToken
        );
        var stored = spans.Values.Sum();
        return new DeletionPreview
        {
            Scope = scope,
            Spans = stored,
            Traces = traces,
            Logs = logs.Values.Sum(),
            Points = points,
            Counted = scope.TakesAll ? await CountedAsync(scope, cancellationToken) : stored,
            Services =
            [
                .. spans
                    .Keys.Union(logs.Keys)
                    .Select(name => new DeletedShare(name, spans.GetValueOrDefault(name), logs.GetValueOrDefault(name)))
                    .OrderByDescending(share => share.Spans + share.Logs)
                    .ThenBy(share => share.Service, StringComparer.Ordinal)
                    .Take(20),
            ],
            Notes = await NotesAsync(scope, cancellationToken),
        };
    }

    private static Sql Carrying(DeletionScope scope) =>
        Sql.Of(
            $"""
            select s.trace_id from spans s where {HourDeletion.InWindow("s.start_ns", scope.Window)}
              and {DeletionSql.OfService(scope, "s")} and {DeletionSql.SpanCarries(scope)}
            union
            select s.trace_id from logs s where s.trace_id is not null and {HourDeletion.InWindow("s.time_ns", scope.Window)}
              and {DeletionSql.OfService(scope, "s")} and {DeletionSql.LogCarries(scope)}
            """
        );

    private static Sql Spans(DeletionScope scope) =>
        Sql.Of(
            $"""
            select s.service_id, s.trace_id from spans s where {HourDeletion.InWindow("s.start_ns", DeletionSql.Reach(scope))}
              and {DeletionSql.OfService(scope, "s")}
              and {(scope.TakesAll ? Sql.Trusted("true") : Sql.Of($"s.trace_id in ({Carrying(scope)})"))}
            """
        );

    private static Sql Logs(DeletionScope scope) =>
        scope.TakesAll
            ? Sql.Of(
                $"""
                select s.service_id from logs s where {HourDeletion.InWindow("s.time_ns", scope.Window)} and {DeletionSql.OfService(
                    scope,
                    "s"
                )}
                """
            )
            : Sql.Of(
                $"""
                select s.service_id from logs s where {HourDeletion.InWindow("s.time_ns", DeletionSql.Reach(scope))}
                  and {DeletionSql.OfService(scope, "s")}
                  and ((s.trace_id is not null and s.trace_id in ({Carrying(scope)}))
                    or ({HourDeletion.InWindow("s.time_ns", scope.Window)} and {DeletionSql.LogCarries(scope)}))
                """
            );

    private async Task<Dictionary<string, long>> CountAsync(Sql rows, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        await ReadAsync(
            $"select v.name, count(*) from ({rows}) c join services v on v.id = c.service_id group by 1",
            reader => found[reader.GetString(0)] = reader.GetInt64(1),
            cancellationToken
        );
        return found;
    }

    private Task<long> CountedAsync(DeletionScope scope, CancellationToken cancellationToken) =>
        ScalarAsync(
            $"""
            select coalesce(sum(count), 0)::bigint from (
              select f.count from span_rollup_minutes f where {HourDeletion.InWindow(
                "f.minute_ns",
                scope.Window
            )} and {DeletionSql.OfService(scope, "f")}
              union all
              select f.count from span_rollup_deltas f where {HourDeletion.InWindow(
                "f.minute_ns",
                scope.Window
            )} and {DeletionSql.OfService(scope, "f")}) c
            """,
            cancellationToken
        );

    /// <summary>An hour of which only some minutes are to go is counted anew from those that stay, which have to be there.</summary>
    /// <exception cref="ArgumentException">They are not; it says what to ask for instead.</exception>
    public async Task CheckAsync(DeletionScope scope, CancellationToken cancellationToken)
    {
        if (!scope.TakesAll)
            return;
        foreach (var end in (long[])[scope.Window.FromNs, scope.Window.ToNs])
        {
            var hour = TelemetryPartitions.StartOfHour(end);
            if (hour == end)
                continue;
            var lost = await ScalarAsync(
                $"""
                select count(*) from (select 1 from span_rollup_hours h where h.minute_ns = {hour}
                  and not exists (select from span_rollup_minutes m where m.minute_ns >= {hour} and m.minute_ns < {hour
                    + UnixNanos.PerHour}) limit 1) c
                """,
                cancellationToken
            );
            if (lost > 0)
            {
                var from = UnixNanos.ToTime(hour).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
                throw new ArgumentException(
                    $"The figures of the hour from {from} UTC are kept by the hour alone: let the stretch begin and end "
                        + "on whole hours there."
                );
            }
        }
    }

    private async Task<IReadOnlyList<string>> NotesAsync(DeletionScope scope, CancellationToken cancellationToken)
    {
        var notes = new List<string>();
        if (!scope.TakesAll)
        {
            notes.Add(
                scope.Service is null
                    ? "Whole traces go that carry the value anywhere, with their log records: what else they hold is of the same request."
                    : $"Of the traces that carry the value, the spans and log records of {scope.Service} go; those of other services stay."
            );
            var window = DeletionSql.Reach(scope);
            var thinned = await ScalarAsync(
                $"select count(*) from thinned_hours where hour_ns > {window.FromNs - UnixNanos.PerHour} and hour_ns < {window.ToNs}",
                cancellationToken
            );
            if (thinned > 0)
                notes.Add(
                    $"Of {thinned} hours not every span is stored: those that were only counted stay counted, since nobody can tell "
                        + "what they carried."
                );
        }
        else if (scope.Service is not null)
        {
            notes.Add("The name of the service stays known, and what it sends from now on is taken.");
        }

        notes.Add(Kept);
        return notes;
    }

    private async Task<long> ScalarAsync(Sql sql, CancellationToken cancellationToken)
    {
        long value = 0;
        await ReadAsync(sql, reader => value = reader.GetInt64(0), cancellationToken);
        return value;
    }

    private async Task ReadAsync(Sql sql, Action<NpgsqlDataReader> row, CancellationToken cancellationToken)
    {
        // Attributes have no index: much telemetry takes its time, and whoever deletes waits for it.
        await using var command = database.DataSource.CreateCommand();
        command.CommandTimeout = 1800;
        command.CommandText = sql.Render(command.Parameters);
        try
        {
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                row(reader);
        }
        catch (NpgsqlException failure) when (failure is not PostgresException || failure.IsTransient)
        {
            throw new StoreException($"The store cannot be reached at the moment: {failure.Message} Ask again in a few seconds.", failure);
        }
    }
}
