using Copilot.Store.Commands;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Copilot.Testing.Oracle;
using Copilot.TraceQL;
using Xunit;

namespace Copilot.Store.Tests.Traceql;

/// <summary>The hints that are followed: which traces come first, and the spans behind series.</summary>
public sealed class HintTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2024, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeWindow Window = new(Start, Start.AddMinutes(10));

    /// <summary>Twenty traces a few seconds apart; the first goes on until the end, so its last span is the last of all.</summary>
    public async Task InitializeAsync()
    {
        if (await postgres.ScalarAsync("select count(*) from spans") is > 0L)
            return;
        var spans = Enumerable
            .Range(0, 20)
            .SelectMany(trace => new[] { Span(trace, 1, trace * 10), Span(trace, 2, trace == 0 ? 500 : (trace * 10) + 1) });
        await OracleWriter.WriteAsync(postgres.Database.DataSource, spans);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private static OracleSpan Span(int trace, long id, int second) =>
        new()
        {
            Trace = Id(trace),
            Id = id,
            Parent = id == 1 ? null : 1,
            Start = Window.FromNs + (second * UnixNanos.PerSecond),
            Duration = (trace + 1) * 1_000_000L,
            Service = trace % 2 == 0 ? "api" : "db",
            Name = "get",
        };

    private static Guid Id(int trace) => new(trace + 1, 0, 0, new byte[8]);

    private TraceQlReads Reads => new(postgres.Database, new QueryBudget());

    [Theory]
    [InlineData("{ }", "0 19 18")]
    [InlineData("{ } with (most_recent=false)", "0 19 18")]
    [InlineData("{ } with (most_recent=true)", "19 18 17")]
    [InlineData("{ } > { } with (most_recent=true)", "19 18 17")]
    [InlineData("{ resource.service.name = \"api\" } | select(name) with (most_recent=true)", "18 16 14")]
    public async Task The_traces_that_began_last_come_first_where_that_is_asked_for(string query, string expected)
    {
        var found = await Reads.SearchAsync(
            new TraceSearch
            {
                Query = TraceQlParser.Parse(query),
                Window = Window,
                Limit = 3,
            },
            CancellationToken.None
        );
        Assert.Equal(
            expected,
            string.Join(' ', found.Traces.Select(t => Enumerable.Range(0, 20).Single(i => Id(i) == t.TraceId.ToGuid())))
        );
        Assert.True(found.More);
        Assert.Equal(2, Assert.Single(found.Traces[0].Services).Spans);
    }

    [Theory]
    [InlineData("{ } | rate() by (resource.service.name) with (exemplars=true)", 0, 5)]
    [InlineData("{ } | rate() by (resource.service.name)", 3, 3)]
    [InlineData("{ } | rate() by (resource.service.name)", 0, 0)]
    [InlineData("{ } | rate() with (exemplars=false)", 3, 0)]
    [InlineData("{ } > { } | quantile_over_time(duration, 0.5, 1) with (exemplars=2)", 9, 2)]
    [InlineData("{ } | histogram_over_time(duration) with (exemplars=true)", 9, 3)]
    public async Task Series_come_with_spans_where_they_are_asked_for(string query, int asked, int given)
    {
        var request = new SeriesRequest
        {
            Query = TraceQlParser.Parse(query),
            Window = Window,
            StepNs = 100 * UnixNanos.PerSecond,
            Exemplars = asked,
        };
        var result = await Reads.SeriesAsync(request, CancellationToken.None);
        Assert.Equal(given, result.Series.Sum(s => s.Exemplars.Count));
        Assert.Empty(result.Notes);
        foreach (var (series, exemplar) in result.Series.SelectMany(s => s.Exemplars.Select(e => (s, e))))
        {
            Assert.True(Window.Contains(exemplar.StartNs));
            if (series.Labels is [{ Key: "resource.service.name" } service])
            {
                Assert.Equal(
                    service.Value.GetString() == "api",
                    (BitConverter.ToInt32(exemplar.TraceId.ToGuid().ToByteArray()) - 1) % 2 == 0
                );
                Assert.Equal(series.Values[(int)((exemplar.StartNs - Window.FromNs) / request.StepNs)], exemplar.Value);
            }
            else
            {
                Assert.InRange(exemplar.Value, 0.001, 0.020);
            }
        }
    }
}
