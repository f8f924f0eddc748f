using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Copilot.Store;
using Copilot.Store.Measuring;
using Copilot.Store.Traceql;
using Copilot.TraceQL;
using Microsoft.Extensions.Logging.Abstractions;

namespace Copilot.Cli.Bench;

/// <summary><c>copilot bench traceql</c>: queries over a day of made-up spans, beside the same questions in SQL over a plain jsonb table.</summary>
internal sealed class TraceQlBench(TextWriter output)
{
    public async Task<int> RunAsync(TraceQlBenchRequest request, CancellationToken cancellationToken)
    {
        var folder = request.Folder is null ? Directory.CreateTempSubdirectory("copilot-bench-").FullName : Directory.CreateDirectory(request.Folder).FullName;
        try
        {
            await using var database = new CopilotDatabase(new StoreOptions { DataFolder = folder, Durable = false }, NullLoggerFactory.Instance, TimeProvider.System);
            await database.StartAsync(cancellationToken);
            var load = new QueryLoad(database);
            if (await load.SpansAsync(cancellationToken) == 0)
                await load.FillAsync(request.Spans, line => output.WriteLine(line), cancellationToken);
            if (request.FillOnly)
                return 0;
            var spans = await load.SpansAsync(cancellationToken);
            var reads = new TraceQlReads(database, new QueryBudget { MaxSpans = long.MaxValue });
            var figures = new Dictionary<string, TraceQlFigures>();
            foreach (var question in TraceQlQuestion.All)
            {
                var answer = "";
                var (p50, p95) = await TimesAsync(request.Times, async () => answer = await AskAsync(reads, question, cancellationToken));
                figures[question.Name] = new TraceQlFigures { Query = question.Query, Spans = spans, P50Ms = p50, P95Ms = p95 };
                if (request.WithoutPlain)
                    continue;
                // The plain table as it is; that the answers are the same is seen before the times are worth anything.
                var plain = "";
                var plainTimes = await TimesAsync(1, async () => plain = Written(await load.ReadPlainAsync(question.PlainSql, cancellationToken), question));
                if (plain != answer)
                    throw new InvalidOperationException($"{question.Name}: the two sides answer differently:\n{answer}\n{plain}");
                figures[question.Name] = figures[question.Name] with { PlainP50Ms = plainTimes.P50 };
            }

            // Then with an index over all attributes, which no intake at this speed could keep up.
            await load.IndexPlainAsync(!request.WithoutPlain, cancellationToken);
            foreach (var question in TraceQlQuestion.All.Where(_ => !request.WithoutPlain))
                figures[question.Name] = figures[question.Name] with { PlainWithGinP50Ms = (await TimesAsync(3, () => load.ReadPlainAsync(question.PlainSql, cancellationToken))).P50 };
            await load.IndexPlainAsync(false, cancellationToken);

            await output.WriteLineAsync(FormattableString.Invariant($"{spans:N0} spans over 24 h\n| query | p50 ms | p95 ms | plain jsonb, p50 ms | plain jsonb with GIN, p50 ms |\n| --- | ---: | ---: | ---: | ---: |"));
            foreach (var (name, figure) in figures)
                await output.WriteLineAsync(FormattableString.Invariant($"| {name} | {figure.P50Ms:F0} | {figure.P95Ms:F0} | {figure.PlainP50Ms:F0} | {figure.PlainWithGinP50Ms:F0} |"));
            if (request.JsonFile is not null)
                await File.WriteAllTextAsync(request.JsonFile, JsonSerializer.Serialize(figures, JsonSerializerOptions.Web), cancellationToken);
            return 0;
        }
        finally
        {
            if (!request.Keep)
                Directory.Delete(folder, recursive: true);
        }
    }

    /// <returns>The answer in short: trace ids and how many spans matched, latest first; of series how many points there are and what they add up to.</returns>
    private static async Task<string> AskAsync(TraceQlReads reads, TraceQlQuestion question, CancellationToken cancellationToken)
    {
        var query = TraceQlParser.Parse(question.Query);
        if (query.Metrics is null)
        {
            var found = await reads.SearchAsync(new TraceSearch { Query = query, Window = question.Window }, cancellationToken);
            return string.Join(' ', found.Traces.Select(t => $"{t.TraceId}:{t.Spansets[0].Matched}"));
        }

        var counted = await reads.SeriesAsync(
            new SeriesRequest { Query = query, Window = question.Window, StepNs = SeriesRequest.DefaultStepNs(question.Window) }, cancellationToken);
        var points = counted.Series.SelectMany(s => s.Values).OfType<double>().Where(v => v > 0).ToList();
        return Written(points.Count, points.Sum());
    }

    private static string Written(IReadOnlyList<object?[]> rows, TraceQlQuestion question) => TraceQlParser.Parse(question.Query).Metrics is null
        ? string.Join(' ', rows.Select(r => $"{((string)r[0]!).Replace("-", "", StringComparison.Ordinal)}:{r[7]}").Distinct())
        : Written(rows.Count, rows.Sum(r => Convert.ToDouble(r[2], CultureInfo.InvariantCulture)));

    private static string Written(int points, double sum) => string.Create(CultureInfo.InvariantCulture, $"{points} points, {sum:F3} in all");

    /// <summary>Warm: the first run does not count.</summary>
    private static async Task<(double P50, double P95)> TimesAsync(int times, Func<Task> run)
    {
        await run();
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await run();
            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        taken.Sort();
        return (taken[taken.Count / 2], taken[(int)Math.Ceiling(taken.Count * 0.95) - 1]);
    }
}
