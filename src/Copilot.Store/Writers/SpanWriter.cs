using Copilot.Store.Intake;
using Copilot.Store.Retention;
using Copilot.Store.Rollups;
using Copilot.Telemetry.Intake;
using Copilot.Telemetry.Spans;
using Npgsql;

namespace Copilot.Store.Writers;

/// <summary>
/// Stores a group of span batches and their share of the rollups in one transaction. First straight into the table, the fastest way; when
/// a span turns out to be there already, once more through a staging table that leaves out what is there. So a request sent again costs
/// more and adds nothing, in spans and in rollups.
/// </summary>
internal sealed class SpanWriter(
    TelemetryDictionaries dictionaries,
    TelemetryPartitions partitions,
    WriteAttempts attempts,
    ServiceArrivals arrivals
)
{
    public Task<WriteResult[]> WriteAsync(IReadOnlyList<SpanBatch> group, CancellationToken cancellationToken) =>
        attempts.RunAsync((connection, token) => WriteAsync(connection, group, token), cancellationToken);

    private async Task<WriteResult[]> WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SpanBatch> group,
        CancellationToken cancellationToken
    )
    {
        var ids = new ResolvedIds[group.Count];
        for (var i = 0; i < ids.Length; i++)
        {
            ids[i] = await dictionaries.ResolveAsync(group[i], cancellationToken);
            await partitions.EnsureAsync("spans", Hours(group[i]), group[i].Imported, cancellationToken);
        }

        var due = arrivals.Due(ids);
        var written = await WriteAsync(connection, group, ids, due, cancellationToken);
        arrivals.Noted(due);
        return written;
    }

    private static async Task<WriteResult[]> WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SpanBatch> group,
        ResolvedIds[] ids,
        int[] arrived,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await WriteAsync(connection, group, ids, arrived, staged: false, cancellationToken);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return await WriteAsync(connection, group, ids, arrived, staged: true, cancellationToken);
        }
    }

    private static async Task<WriteResult[]> WriteAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SpanBatch> group,
        ResolvedIds[] ids,
        int[] arrived,
        bool staged,
        CancellationToken cancellationToken
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var fresh = await NoteKeylessAsync(connection, group, cancellationToken);
        using var rows = Rows(group, ids, fresh);
        var inserted = staged ? await InsertStagedAsync(connection, rows, cancellationToken) : null;
        if (!staged)
            await connection.CopyAsync("spans", SpanCopy.Columns, rows, cancellationToken);
        var results = await CountAsync(connection, group, ids, fresh, inserted, cancellationToken);
        await ServiceArrivals.NoteAsync(connection, arrived, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return results;
    }

    /// <summary>Which of the rows were not there yet.</summary>
    private static async Task<HashSet<(TraceId, SpanId, long)>> InsertStagedAsync(
        NpgsqlConnection connection,
        CopyBuffer rows,
        CancellationToken cancellationToken
    )
    {
        await connection.ExecuteAsync("create temp table if not exists span_staging (like spans) on commit delete rows", cancellationToken);
        await connection.CopyAsync("span_staging", SpanCopy.Columns, rows, cancellationToken);
        // In the key's order, so that two writers with the same spans wait for each other instead of deadlocking.
        const string Order = "order by trace_id, span_id, start_ns";
        await using var insert = new NpgsqlCommand(
            $"""
            insert into spans ({SpanCopy.Columns}) select {SpanCopy.Columns} from span_staging {Order}
            on conflict do nothing returning trace_id, span_id, start_ns
            """,
            connection
        );
        var inserted = new HashSet<(TraceId, SpanId, long)>();
        await using var reader = await insert.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            inserted.Add((TraceId.FromGuid(reader.GetGuid(0)), SpanId.FromInt64(reader.GetInt64(1)), reader.GetInt64(2)));
        return inserted;
    }

    /// <summary>Writes the rollups' share of what was inserted (null: everything) and of what was shed and not seen before.</summary>
    private static async Task<WriteResult[]> CountAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SpanBatch> group,
        ResolvedIds[] ids,
        bool[] fresh,
        HashSet<(TraceId, SpanId, long)>? inserted,
        CancellationToken cancellationToken
    )
    {
        var deltas = new RollupDeltas();
        var results = new WriteResult[group.Count];
        for (var i = 0; i < results.Length; i++)
            results[i] = Count(deltas, group[i], ids[i], fresh[i], inserted);
        using var copy = new CopyBuffer();
        copy.Begin();
        deltas.Write(copy);
        await connection.CopyAsync("span_rollup_deltas", RollupDeltas.Columns, copy, cancellationToken);
        copy.Begin();
        foreach (var minute in deltas.Minutes)
        {
            PendingMinutes.Write(copy, PendingMinutes.Edges, minute);
            PendingMinutes.Write(copy, PendingMinutes.AttributeIndex, minute);
        }

        await connection.CopyAsync(PendingMinutes.Table, PendingMinutes.Columns, copy, cancellationToken);
        if (results.Any(static result => result.Shed > 0))
            await ThinnedHours.NoteAsync(connection, group.Where(HasShed).SelectMany(Hours), "shed", cancellationToken);
        return results;
    }

    private static WriteResult Count(
        RollupDeltas deltas,
        SpanBatch batch,
        in ResolvedIds ids,
        bool fresh,
        HashSet<(TraceId, SpanId, long)>? inserted
    )
    {
        var (stored, duplicates, shed) = (0, 0, 0);
        var rows = batch.Rows;
        for (var i = 0; i < rows.Length; i++)
        {
            ref var row = ref rows[i];
            if (
                (IsKeyless(row) && !fresh)
                || (!row.Shed && inserted is not null && !inserted.Remove((row.TraceId, row.SpanId, row.StartNs)))
            )
            {
                duplicates++;
                continue;
            }

            if (row.Shed)
                shed++;
            else
                stored++;
            deltas.Add(row, ids.Services[row.Resource], ids.Items[i]);
        }

        return new WriteResult(rows.Length, stored, duplicates, shed);
    }

    /// <summary>
    /// Some spans leave no row that would tell a repeated request, or one of another time: its hash does. True for requests not seen
    /// before.
    /// </summary>
    private static async Task<bool[]> NoteKeylessAsync(
        NpgsqlConnection connection,
        IReadOnlyList<SpanBatch> group,
        CancellationToken cancellationToken
    )
    {
        var fresh = new bool[group.Count];
        if (!group.Any(HasKeyless))
            return fresh;
        var added = await ReceivedRequests.AddAsync(connection, group.Where(HasKeyless), cancellationToken);
        for (var i = 0; i < fresh.Length; i++)
            fresh[i] = added.Remove(group[i].ContentHash);
        return fresh;
    }

    private static bool IsKeyless(in SpanRow row) => row.Shed || row.TimedByReceipt;

    private static bool HasKeyless(SpanBatch batch)
    {
        foreach (ref var row in batch.Rows)
        {
            if (IsKeyless(row))
                return true;
        }

        return false;
    }

    private static bool HasShed(SpanBatch batch)
    {
        foreach (ref var row in batch.Rows)
        {
            if (row.Shed)
                return true;
        }

        return false;
    }

    /// <summary>What goes into the table: all but what was shed, and what is known to have been received before.</summary>
    private static CopyBuffer Rows(IReadOnlyList<SpanBatch> group, ResolvedIds[] ids, bool[] fresh)
    {
        var copy = new CopyBuffer();
        copy.Begin();
        for (var i = 0; i < ids.Length; i++)
        {
            var rows = group[i].Rows;
            for (var n = 0; n < rows.Length; n++)
            {
                if (!rows[n].Shed && (!rows[n].TimedByReceipt || fresh[i]))
                    SpanCopy.Write(copy, group[i], rows[n], ids[i], ids[i].Items[n]);
            }
        }

        return copy;
    }

    private static HashSet<long> Hours(SpanBatch batch)
    {
        var hours = new HashSet<long>();
        foreach (ref var row in batch.Rows)
            hours.Add(TelemetryPartitions.StartOfHour(row.StartNs));
        return hours;
    }
}
