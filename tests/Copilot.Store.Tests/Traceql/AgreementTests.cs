using System.Globalization;
using Copilot.Store.Commands;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.Telemetry.Records;
using Copilot.Testing;
using Copilot.Testing.Oracle;
using Copilot.TraceQL.Syntax;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace Copilot.Store.Tests.Traceql;

/// <summary>
/// Generated queries over generated traces: Postgres and the oracle in memory must agree.
/// COPILOT_TRACEQL_PAIRS sets how many pairs (10000 is the full run), COPILOT_TRACEQL_SEED where they start.
/// </summary>
public sealed class AgreementTests(PostgresFixture postgres) : IClassFixture<PostgresFixture>
{
    private const int QueriesPerDataset = 50;

    private static readonly int Pairs = Setting("COPILOT_TRACEQL_PAIRS", 400);
    private static readonly int Seed = Setting("COPILOT_TRACEQL_SEED", 20260);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    [Fact]
    public async Task Searches_find_what_the_oracle_finds()
    {
        var reads = new TraceQlReads(postgres.Database, new QueryBudget());
        var disagreements = new List<string>();
        var matched = 0;
        for (var dataset = 0; dataset * QueriesPerDataset < Pairs; dataset++)
        {
            var data = await DatasetAsync(dataset);
            var oracle = new OraclePipeline(data);
            foreach (var query in QueryGenerator.Searches.Sample(QueriesPerDataset, new Rnd((ulong)(Seed + dataset), 7UL), 30))
            {
                var expected = Expected(oracle, query);
                var actual = await ActualAsync(reads, query, data.Window);
                matched += expected.Length > 0 ? 1 : 0;
                if (expected != actual)
                    disagreements.Add($"dataset {dataset}: {query}\n  oracle   {expected}\n  postgres {actual}");
            }
        }

        Assert.True(
            disagreements.Count == 0,
            $"{disagreements.Count} of {Pairs}:\n{string.Join('\n', disagreements.OrderBy(d => d.Length).Take(12))}"
        );
        Assert.True(matched > Pairs / 4, $"only {matched} of {Pairs} queries found anything: the generator is too narrow");
    }

    [Fact]
    public async Task Series_count_what_the_oracle_counts()
    {
        var reads = new TraceQlReads(postgres.Database, new QueryBudget());
        var disagreements = new List<string>();
        int counted = 0,
            fromRollups = 0;
        for (var dataset = 0; dataset * QueriesPerDataset < Pairs; dataset++)
        {
            var data = await DatasetAsync(100_000 + dataset);
            var stepNs = (dataset % 2 == 0 ? 120 : 250) * UnixNanos.PerSecond;
            foreach (
                var query in QueryGenerator.Series(data.Window.FromNs).Sample(QueriesPerDataset, new Rnd((ulong)(Seed + dataset), 9UL), 30)
            )
            {
                var request = new SeriesRequest
                {
                    Query = query,
                    Window = data.Window,
                    StepNs = stepNs,
                };
                var expected = OracleSeries.Written(new OracleSeries(data, stepNs).Run(query.Metrics!));
                var actual = await Failing(async () =>
                {
                    var result = await reads.SeriesAsync(request, CancellationToken.None);
                    fromRollups += result.FromRollups ? 1 : 0;
                    return OracleSeries.Written(
                        result.Series.ToDictionary(
                            s => string.Join(",", s.Labels.Select(l => l.Key + "=" + OracleSeries.Label(l.Value))),
                            s => s.Values.ToArray()
                        )
                    );
                });
                counted += expected.Length > 0 ? 1 : 0;
                if (expected != actual)
                    disagreements.Add($"dataset {dataset}: {query}\n  oracle   {expected}\n  postgres {actual}");
            }
        }

        Assert.True(
            disagreements.Count == 0,
            $"{disagreements.Count} of {Pairs}:\n{string.Join('\n', disagreements.OrderBy(d => d.Length).Take(12))}"
        );
        Assert.True(
            counted > Pairs / 4 && fromRollups > 0,
            $"{counted} of {Pairs} queries counted anything, {fromRollups} from rollups: the generator is too narrow"
        );
    }

    /// <summary>Each dataset has a time of its own, far from the others'.</summary>
    private async Task<OracleData> DatasetAsync(int number)
    {
        var from = UnixNanos.From(new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero)) + (number * 6 * 3600L * UnixNanos.PerSecond);
        var window = new TimeWindow(from, from + (600 * UnixNanos.PerSecond));
        var spans = SpanGenerator.Traces(window).Sample(1, new Rnd((ulong)(Seed + number), 3UL), 20).Single();
        await OracleWriter.WriteAsync(postgres.Database.DataSource, spans);
        await OracleWriter.WriteRollupsAsync(postgres.Database.DataSource, window.FromNs, window.ToNs);
        return new OracleData(spans, window);
    }

    private static string Expected(OraclePipeline oracle, TraceQlQuery query) =>
        Written(
            oracle
                .Run(query.Pipeline!)
                .Select(s => (s[0].Trace.ToString("N"), s.Count, s.Select(span => span.Id.ToString("x16", CultureInfo.InvariantCulture))))
        );

    private static Task<string> ActualAsync(TraceQlReads reads, TraceQlQuery query, TimeWindow window) =>
        Failing(async () =>
        {
            var result = await reads.SearchAsync(
                new TraceSearch
                {
                    Query = query,
                    Window = window,
                    Limit = 1000,
                    SpansPerSpanset = 1000,
                },
                CancellationToken.None
            );
            return Written(
                result.Traces.SelectMany(t =>
                    t.Spansets.Select(s => (t.TraceId.ToString(), (int)s.Matched, s.Spans.Select(span => span.SpanId)))
                )
            );
        });

    /// <summary>A failure is a disagreement like any other, to be shown with its query.</summary>
    private static async Task<string> Failing(Func<Task<string>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception e)
            when (e is Npgsql.PostgresException or InvalidOperationException or UnsupportedExpressionException or KeyNotFoundException)
        {
            return e.Message;
        }
    }

    private static string Written(IEnumerable<(string Trace, int Count, IEnumerable<string> Spans)> spansets) =>
        string.Join(
            "; ",
            spansets
                .Select(s =>
                    $"{s.Trace[..4]}{s.Trace[^4..]}×{s.Count}:{string.Join(',', s.Spans.Order(StringComparer.Ordinal).Select(i => i.TrimStart('0')))}"
                )
                .Order(StringComparer.Ordinal)
        );
}
