using System.Globalization;
using Copilot.Store.Commands;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.Store.Traceql.Series;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Copilot.TraceQL.Syntax;
using Npgsql;

namespace Copilot.Store.Traceql;

/// <summary>Runs TraceQL over the stored spans. Cancelling the token ends the statement on the server too.</summary>
public sealed class TraceQlReads(CopilotDatabase database, QueryBudget budget)
{
    private const int FirstLook = 2_000;

    /// <summary>Finds traces, the latest first.</summary>
    /// <exception cref="UnsupportedExpressionException">The query asks for what the store does not keep.</exception>
    /// <exception cref="QueryTooExpensiveException">It would read more than the budget.</exception>
    public async Task<TraceSearchResult> SearchAsync(TraceSearch search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(search);
        if (search.Query.Pipeline is null)
            throw new UnsupportedExpressionException("this query gives series, not traces; ask for them over time", default);
        await new CostGuard(database.DataSource, budget).CheckAsync(search.Query, search.Window, cancellationToken);
        try
        {
            return await FindAsync(search, cancellationToken) with { Notes = HintNotes.NotFollowed(search.Query) };
        }
        catch (NpgsqlException failure) when (QueryTooExpensiveException.Of(failure) is { } expensive)
        {
            throw expensive;
        }
    }

    private async Task<TraceSearchResult> FindAsync(TraceSearch search, CancellationToken cancellationToken)
    {
        var sql = new SearchSql(search.Window);
        HashSet<Guid>? only = null;
        if (LoneFilter(search.Query.Pipeline!) is { } filter)
        {
            only = await LatestAsync(sql, filter, search.Limit, cancellationToken);
            if (HintNotes.MostRecentFirst(search.Query) && only.Count > search.Limit)
                only = await BegunLastAsync(sql, filter, only, search.Limit, cancellationToken);
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
            rows.TraceIds.Count > search.Limit
        );
    }

    /// <summary>Counts over time.</summary>
    /// <exception cref="UnsupportedExpressionException">The query asks for what the store does not keep, or for too many steps.</exception>
    /// <exception cref="QueryTooExpensiveException">It would read more than the budget.</exception>
    public async Task<MetricSeriesResult> SeriesAsync(SeriesRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Query.Metrics is null)
            throw new UnsupportedExpressionException(
                "this query finds traces, not series; end it with a metrics function such as | rate()",
                default
            );
        if (request.StepNs <= 0 || request.Steps > SeriesRequest.MaxSteps)
            throw new UnsupportedExpressionException(
                $"the step is too short for the window: at most {SeriesRequest.MaxSteps} steps are answered",
                default
            );
        var guard = new CostGuard(database.DataSource, budget);
        if (!Leaves(request.Query.Metrics).All(leaf => RollupSql.Answers(leaf, request)))
            await guard.CheckAsync(request.Query, request.Window, cancellationToken);
        var notes = HintNotes.NotFollowed(request.Query);
        var exemplars =
            request.ExemplarsWanted > 0
            && (await guard.PlanAsync(request.Query, request.Window, cancellationToken)).EstimatedSpans <= ExemplarReader.MaxSpans;
        if (request.ExemplarsWanted > 0 && !exemplars)
            notes =
            [
                .. notes,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"exemplars: none are looked for in windows of more than {ExemplarReader.MaxSpans:N0} spans"
                ),
            ];
        try
        {
            return await new MetricSeriesReader(request, exemplars, ExecuteAsync).ReadAsync(request.Query.Metrics, cancellationToken) with
            {
                Notes = notes,
            };
        }
        catch (NpgsqlException failure) when (QueryTooExpensiveException.Of(failure) is { } expensive)
        {
            throw expensive;
        }
    }

    /// <summary>How a query would be answered and what it would read; it is not run.</summary>
    /// <param name="query">A checked query.</param>
    /// <param name="window">The window that would be asked about.</param>
    /// <param name="stepNs">The step of series; null for the usual one of the window.</param>
    /// <param name="cancellationToken">Ends the statement on the server too.</param>
    public async Task<QueryPlan> ExplainAsync(TraceQlQuery query, TimeWindow window, long? stepNs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var plan = await new CostGuard(database.DataSource, budget).PlanAsync(query, window, cancellationToken);
        var request = new SeriesRequest
        {
            Query = query,
            Window = window,
            StepNs = stepNs ?? SeriesRequest.DefaultStepNs(window),
        };
        var commands = query.Metrics is { } metrics
            ? Leaves(metrics)
                .Where(leaf => leaf.Function.Compare is null)
                .Select(leaf =>
                    (Sql: new SeriesSql(request).Build(leaf, RollupSql.Answers(leaf, request)), Rollups: RollupSql.Answers(leaf, request))
                )
                .ToList()
            : [(Sql: Statement(query, window), Rollups: false)];
        if (commands.Count > 0 && commands.All(c => c.Rollups))
            return plan with
            {
                Steps =
                [
                    "adds up counted minutes (span_rollup_minutes and its hours and deltas); no span is read",
                    .. PlanWords.Hints(query),
                ],
                EstimatedSpans = 0,
                Refusal = null,
                FromRollups = true,
            };
        var steps = plan.Steps.ToList();
        var indexes = new List<string>();
        foreach (var (sql, rollups) in commands)
        {
            var (words, used) = await PostgresPlan.ReadAsync(sql, database.DataSource, cancellationToken);
            steps.AddRange(rollups ? ["adds up counted minutes"] : words);
            indexes.AddRange(used);
            await sql.DisposeAsync();
        }

        steps.AddRange(PlanWords.Of(query));
        return plan with { Steps = steps, Indexes = indexes.Distinct().ToList() };
    }

    /// <summary>A statement that reads the spans of a query, within the budget.</summary>
    internal async Task<NpgsqlDataReader> ReadAsync(
        TraceQlQuery query,
        TimeWindow window,
        NpgsqlCommand command,
        CancellationToken cancellationToken
    )
    {
        await new CostGuard(database.DataSource, budget).CheckAsync(query, window, cancellationToken);
        return await ExecuteAsync(command, cancellationToken);
    }

    private static NpgsqlCommand Statement(TraceQlQuery query, TimeWindow window) =>
        LoneFilter(query.Pipeline!) is { } filter
            ? new SearchSql(window).LatestSpans(filter, FirstLook, 0)
            : new SearchSql(window).Spansets(new TraceSearch { Query = query, Window = window }, null, out _);

    /// <summary>The filter of a search that is nothing else: its latest spans can be found without reading all.</summary>
    private static SpansetFilter? LoneFilter(Pipeline pipeline) =>
        pipeline.Stages[0] is SpansetFilter filter && pipeline.Stages.Skip(1).All(s => s is Select) ? filter : null;

    private static IEnumerable<MetricsQuery> Leaves(MetricsExpression metrics) =>
        metrics switch
        {
            MetricsQuery query => [query],
            StagedMetrics staged => Leaves(staged.Source),
            MetricsArithmetic arithmetic => Leaves(arithmetic.Left).Concat(Leaves(arithmetic.Right)),
            _ => [],
        };

    /// <summary>The traces of the latest spans, one more than are asked for; looks further back until there are enough.</summary>
    private async Task<HashSet<Guid>> LatestAsync(SearchSql sql, SpansetFilter filter, int limit, CancellationToken cancellationToken)
    {
        for (var look = Math.Max(FirstLook, limit * 2); ; look = (int)Math.Min(look * 10L, int.MaxValue))
        {
            var found = new HashSet<Guid>();
            var spans = 0;
            await using var command = sql.LatestSpans(filter, look, 0);
            await using (var reader = await ExecuteAsync(command, cancellationToken))
            {
                for (; found.Count <= limit && await reader.ReadAsync(cancellationToken); spans++)
                    found.Add(reader.GetGuid(0));
            }

            if (found.Count > limit || spans < look)
                return found;
        }
    }

    /// <summary>
    /// All traces that may be among those that began last. A trace that began after the last of <paramref name="known"/> that would be
    /// shown
    /// has no span before it, so its match is found from there on.
    /// </summary>
    private async Task<HashSet<Guid>> BegunLastAsync(
        SearchSql sql,
        SpansetFilter filter,
        HashSet<Guid> known,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var begun = (await WholesAsync(sql, [.. known], cancellationToken))
            .Values.Select(t => t.StartNs)
            .OrderDescending()
            .ElementAt(limit - 1);
        var found = new HashSet<Guid>(known);
        await using var command = sql.LatestSpans(filter, int.MaxValue, begun);
        await using var reader = await ExecuteAsync(command, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            found.Add(reader.GetGuid(0));
        return found;
    }

    private async Task<Dictionary<Guid, TraceMatch>> WholesAsync(
        SearchSql sql,
        IReadOnlyList<Guid> traces,
        CancellationToken cancellationToken
    )
    {
        var wholes = new Dictionary<Guid, TraceMatch>();
        await using var command = sql.Traces(traces);
        await using var reader = await ExecuteAsync(command, cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var id = reader.GetGuid(0);
            var (start, end) = (reader.GetInt64(4), reader.GetInt64(5));
            var share = new ServiceShare(reader.GetString(1), reader.GetInt64(2), reader.GetInt64(3));
            if (!wholes.TryGetValue(id, out var whole))
                whole = new TraceMatch(
                    TraceId.FromGuid(id),
                    reader.IsDBNull(6) ? null : reader.GetString(6),
                    reader.IsDBNull(7) ? null : reader.GetString(7),
                    start,
                    end - start,
                    []
                );
            end = Math.Max(end, whole.StartNs + whole.DurationNs);
            start = Math.Min(start, whole.StartNs);
            wholes[id] = whole with { StartNs = start, DurationNs = end - start, Services = [.. whole.Services, share] };
        }

        return wholes;
    }

    private async Task<NpgsqlDataReader> ExecuteAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var connection = await database.DataSource.OpenConnectionAsync(cancellationToken);
        command.Connection = connection;
        command.CommandTimeout = (int)Math.Ceiling(budget.MaxTime.TotalSeconds);
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
