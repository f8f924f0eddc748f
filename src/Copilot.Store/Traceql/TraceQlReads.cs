using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Spansets;
using Npgsql;

namespace Copilot.Store.Traceql;

/// <summary>Runs TraceQL over the stored spans. Cancelling the token ends the statement on the server too.</summary>
public sealed class TraceQlReads(CopilotDatabase database)
{
    private const int FirstLook = 2_000;

    /// <summary>Finds traces, the latest first.</summary>
    /// <exception cref="UnsupportedExpressionException">The query asks for what the store does not keep.</exception>
    public async Task<TraceSearchResult> SearchAsync(TraceSearch search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        if (search.Query.Pipeline is null)
            throw new UnsupportedExpressionException("this query gives series, not traces; ask for them over time", default);
        var sql = new SearchSql(search.Window);
        HashSet<Guid>? only = null;
        if (search.Query.Pipeline.Stages[0] is SpansetFilter filter && search.Query.Pipeline.Stages.All(s => s == filter || s is Select))
        {
            only = await LatestAsync(sql, filter, search.Limit, cancellationToken);
            if (only.Count == 0)
                return new TraceSearchResult([], false);
        }

        await using var command = sql.Spansets(search, only, out var shown);
        var rows = new SearchRows(shown);
        await using (var reader = await ExecuteAsync(command, cancellationToken))
            await rows.ReadAsync(reader, cancellationToken);
        if (rows.TraceIds.Count == 0)
            return new TraceSearchResult([], false);
        return new TraceSearchResult(
            rows.Traces(await WholesAsync(sql, rows.TraceIds, cancellationToken), search.Limit),
            rows.TraceIds.Count > search.Limit);
    }

    /// <summary>Counts over time.</summary>
    /// <exception cref="UnsupportedExpressionException">The query asks for what the store does not keep, or for too many steps.</exception>
    public Task<SeriesResult> SeriesAsync(SeriesRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Query.Metrics is null)
            throw new UnsupportedExpressionException("this query finds traces, not series; end it with a metrics function such as | rate()", default);
        if (request.StepNs <= 0 || request.Steps > SeriesRequest.MaxSteps)
            throw new UnsupportedExpressionException($"the step is too short for the window: at most {SeriesRequest.MaxSteps} steps are answered", default);
        return new SeriesReader(request, ExecuteAsync).ReadAsync(request.Query.Metrics, cancellationToken);
    }

    /// <summary>The traces of the latest spans, one more than are asked for; looks further back until there are enough.</summary>
    private async Task<HashSet<Guid>> LatestAsync(SearchSql sql, SpansetFilter filter, int limit, CancellationToken cancellationToken)
    {
        for (var look = Math.Max(FirstLook, limit * 2); ; look = (int)Math.Min(look * 10L, int.MaxValue))
        {
            var found = new HashSet<Guid>();
            var spans = 0;
            await using var command = sql.LatestSpans(filter, look);
            await using (var reader = await ExecuteAsync(command, cancellationToken))
            {
                for (; found.Count <= limit && await reader.ReadAsync(cancellationToken); spans++)
                    found.Add(reader.GetGuid(0));
            }

            if (found.Count > limit || spans < look)
                return found;
        }
    }

    private async Task<Dictionary<Guid, TraceMatch>> WholesAsync(SearchSql sql, IReadOnlyList<Guid> traces, CancellationToken cancellationToken)
    {
        var wholes = new Dictionary<Guid, TraceMatch>();
        await using var command = sql.Traces(traces);
        await using var reader = await ExecuteAsync(command, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            wholes[id] = new TraceMatch(
                TraceId.FromGuid(id),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.GetString(4),
                reader.GetInt64(1),
                reader.GetInt64(2),
                []);
        }

        return wholes;
    }

    private async Task<NpgsqlDataReader> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        command.Connection = connection;
        try
        {
            return await command.ExecuteReaderAsync(System.Data.CommandBehavior.CloseConnection, cancellationToken);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
