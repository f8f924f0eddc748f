using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Intake;
using Npgsql;

namespace Copilot.Store.Writers;

/// <summary>Stores a group of log batches in one transaction. Records have no key: a repeated request is known by its hash.</summary>
internal sealed class LogWriter(TelemetryDictionaries dictionaries, TelemetryPartitions partitions, WriteAttempts attempts)
{
    private const string Columns =
        "time_ns, trace_id, span_id, service_id, resource_id, scope_id, severity, flags, severity_text, event_name, "
        + "body, body_is_json, attributes";

    public Task<WriteResult[]> WriteAsync(IReadOnlyList<LogBatch> group, CancellationToken cancellationToken) =>
        attempts.RunAsync((connection, token) => WriteAsync(connection, group, token), cancellationToken);

    private async Task<WriteResult[]> WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<LogBatch> group,
        CancellationToken cancellationToken
    )
    {
        var ids = new ResolvedIds[group.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = await dictionaries.ResolveAsync(group[i], cancellationToken);
            await partitions.EnsureAsync("logs", Times(group[i], TelemetryPartitions.StartOfHour), group[i].Imported, cancellationToken);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var fresh = await ReceivedRequests.AddAsync(connection, group, cancellationToken);
        using var copy = new CopyBuffer();
        copy.Begin();
        var results = new WriteResult[group.Count];
        var minutes = new HashSet<long>();
        for (var i = 0; i < ids.Length; i++)
        {
            if (!fresh.Remove(group[i].ContentHash))
            {
                results[i] = new WriteResult(group[i].Count, 0, group[i].Count, 0);
                continue;
            }

            foreach (ref var row in group[i].Rows)
                WriteRow(copy, group[i], row, ids[i]);
            minutes.UnionWith(Times(group[i], RollupDeltas.StartOfMinute));
            results[i] = new WriteResult(group[i].Count, group[i].Count, 0, 0);
        }

        await connection.CopyAsync("logs", Columns, copy, cancellationToken);
        copy.Begin();
        foreach (var minute in minutes)
            PendingMinutes.Write(copy, PendingMinutes.LogCatalogue, minute);
        await connection.CopyAsync(PendingMinutes.Table, PendingMinutes.Columns, copy, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return results;
    }

    private static void WriteRow(CopyBuffer copy, LogBatch batch, in LogRow row, in ResolvedIds ids)
    {
        copy.BeginRow(13);
        copy.Value(row.TimeNs);
        if (row.TraceId.IsEmpty)
            copy.Null();
        else
            copy.Value(row.TraceId);
        if (row.SpanId.IsEmpty)
            copy.Null();
        else
            copy.Value(row.SpanId.ToInt64());
        copy.Value(ids.Services[row.Resource]);
        copy.Value(ids.Resources[row.Resource]);
        copy.Value(ids.Scopes[row.Scope]);
        copy.Value(row.Severity);
        copy.Value(row.Flags);
        SpanCopy.Text(copy, batch.Arena, row.SeverityText);
        SpanCopy.Text(copy, batch.Arena, row.EventName);
        SpanCopy.Text(copy, batch.Arena, row.Body);
        copy.Value(row.BodyIsJson);
        SpanCopy.Json(copy, batch.Arena, row.Attributes);
    }

    private static HashSet<long> Times(LogBatch batch, Func<long, long> startOf)
    {
        var times = new HashSet<long>();
        foreach (ref var row in batch.Rows)
            times.Add(startOf(row.TimeNs));
        return times;
    }
}
