using Copilot.Store.Commands;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Copilot.TraceQL;
using Xunit;

namespace Copilot.Store.Tests.Traceql;

/// <summary>What a query may cost, how its plan reads, and that it can be stopped.</summary>
public sealed class GuardTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Window = new(Start, Start.AddHours(1));

    public async Task InitializeAsync()
    {
        // Once for all tests of the class, which share the database.
        if (await postgres.ScalarAsync("select count(*) from spans") is > 0L)
            return;
        var rows = new TelemetryRows(postgres.Database, Start);
        for (var i = 0; i < 40; i++)
            await rows.SpanAsync(i % 4 == 0 ? "api" : "db", "get", i, 10);
        await postgres.ScalarAsync("analyze spans");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private TraceQlReads Reads(long budget) => new(postgres.Database, new QueryBudget { MaxSpans = budget });

    private static TraceSearch Search(string query) => new() { Query = TraceQlParser.Parse(query), Window = Window };

    [Theory]
    [InlineData("{ }", 50, true)]
    [InlineData("{ }", 30, false)]
    [InlineData("{ resource.service.name = \"api\" }", 20, true)]
    [InlineData("{ resource.service.name = \"api\" && duration > 1ms } >> { resource.service.name = \"db\" }", 20, false)]
    [InlineData("{ resource.service.name = \"api\" || name = \"get\" }", 20, false)]
    public async Task A_query_runs_within_the_budget_alone(string query, long budget, bool runs)
    {
        if (runs)
        {
            await Reads(budget).SearchAsync(Search(query), CancellationToken.None);
            return;
        }

        var refused = await Assert.ThrowsAsync<QueryTooExpensiveException>(() =>
            Reads(budget).SearchAsync(Search(query), CancellationToken.None)
        );
        Assert.Contains("about 40 spans", refused.Message, StringComparison.Ordinal);
        Assert.Contains("shorter window", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ nestedSetLeft > 3 }", 600, true)]
    [InlineData("{ nestedSetLeft > 3 }", 599, false)]
    [InlineData("{ nestedSetParent < 0 }", 40, true)]
    [InlineData("{ } | select(nestedSetLeft)", 40, true)]
    public async Task Numbering_traces_costs_more_than_reading_them(string query, long budget, bool runs)
    {
        var plan = await Reads(budget).ExplainAsync(TraceQlParser.Parse(query), Window, null, CancellationToken.None);
        Assert.Equal(runs, plan.Refusal is null);
        Assert.Equal(budget >= 599, plan.Steps.Any(step => step.StartsWith("numbers the spans", StringComparison.Ordinal)));
        Assert.Equal(!runs, plan.Refusal?.Contains("as much work as reading 600", StringComparison.Ordinal) ?? false);
    }

    [Fact]
    public async Task A_refusal_asks_for_a_service_where_none_is_named()
    {
        var refused = await Assert.ThrowsAsync<QueryTooExpensiveException>(() =>
            Reads(1).SearchAsync(Search("{ status = error }"), CancellationToken.None)
        );
        Assert.Contains("name a service", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counted_minutes_cost_nothing()
    {
        var request = new SeriesRequest
        {
            Query = TraceQlParser.Parse("{ kind = server } | rate() by (resource.service.name)"),
            Window = Window,
            StepNs = 60 * UnixNanos.PerMinute,
        };
        var result = await Reads(1).SeriesAsync(request, CancellationToken.None);
        Assert.True(result.FromRollups);
        Assert.Equal([10 / 3600d, 30 / 3600d], result.Series.Select(s => s.Values[0]!.Value));
    }

    [Fact]
    public async Task A_plan_names_partitions_indexes_and_rows()
    {
        var plan = await Reads(1000)
            .ExplainAsync(TraceQlParser.Parse("{ resource.service.name = \"api\" }"), Window, null, CancellationToken.None);
        Assert.Equal(["spans_default"], plan.Partitions);
        Assert.Equal(40, plan.EstimatedSpans);
        Assert.Null(plan.Refusal);
        Assert.Contains("of api", plan.Steps[0], StringComparison.Ordinal);
        Assert.True(plan.Steps.Count >= 3, string.Join('\n', plan.Steps));
    }

    [Theory]
    [InlineData("{ } with (most_recent=true)", "most_recent: the traces that began last", true)]
    [InlineData("{ } with (most_recent=1)", "most_recent: it takes true or false", false)]
    [InlineData("{ } with (exemplars=true)", "exemplars: only series", false)]
    [InlineData("{ name = \"get\" } | rate() with (sample=0.1)", "sample: nothing is sampled", false)]
    [InlineData("{ } | rate() by (resource.service.name) with (exemplars=true)", "exemplars: spans of the series", true)]
    [InlineData("{ } | rate() with (exemplar=true)", "exemplar: there is no such hint; did you mean exemplars?", false)]
    [InlineData("{ } with (shards=3)", "shards: there is no such hint; known are", false)]
    public async Task What_becomes_of_a_hint_is_said(string query, string said, bool followed)
    {
        var parsed = TraceQlParser.Parse(query);
        var plan = await Reads(1000).ExplainAsync(parsed, Window, null, CancellationToken.None);
        Assert.Contains(plan.Steps, step => step.StartsWith(said, StringComparison.Ordinal));
        var notes = parsed.Metrics is null
            ? (await Reads(1000).SearchAsync(Search(query), CancellationToken.None)).Notes
            : (
                await Reads(1000)
                    .SeriesAsync(
                        new SeriesRequest
                        {
                            Query = parsed,
                            Window = Window,
                            StepNs = 60 * UnixNanos.PerMinute,
                        },
                        CancellationToken.None
                    )
            ).Notes;
        Assert.Equal(followed, notes.Count == 0);
        Assert.Equal(!followed, notes.Any(note => note.StartsWith(said, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_query_that_is_cancelled_ends_on_the_server()
    {
        using var cancelled = new CancellationTokenSource();
        // The lock makes the query wait until it is cancelled.
        await using var connection = await postgres.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var command = new Npgsql.NpgsqlCommand("lock table spans in access exclusive mode", connection, transaction))
            await command.ExecuteNonQueryAsync();
        var running = Reads(1000).SearchAsync(Search("{ }"), cancelled.Token);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(
            0L,
            await postgres.ScalarAsync(
                "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%from spans s%'"
            )
        );
    }
}
