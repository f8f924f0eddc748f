using System.Diagnostics;
using System.Globalization;
using Copilot.Store;
using Copilot.Store.Commands;
using Copilot.Store.Traceql;
using Copilot.Store.Traceql.Plans;
using Copilot.Store.Traceql.Search;
using Copilot.TraceQL;
using Microsoft.Extensions.Logging.Abstractions;

namespace Copilot.Benchmarks.Traceql;

/// <summary><c>traceql</c>: queries over a day of made-up spans, beside the same questions in SQL over a plain table.</summary>
internal sealed class TraceQlBench(TextWriter output)
{
    public async Task<int> RunAsync(TraceQlBenchRequest request, CancellationToken cancellationToken)
    {
        using var folder = new StoreFolder(request.Folder, request.Keep);
        var options = new StoreOptions { DataFolder = folder.Path, Durable = false };
        await using var database = new CopilotDatabase(options, NullLoggerFactory.Instance, TimeProvider.System);
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
            var times = await TimesAsync(request.Times, async () => answer = await AskAsync(reads, question, cancellationToken));
            double? plain = request.WithoutPlain ? null : await PlainAsync(load, question, answer, cancellationToken);
            figures[question.Name] = new TraceQlFigures
            {
                Query = question.Query,
                Spans = spans,
                P50Ms = times.P50,
                P95Ms = times.P95,
                PlainP50Ms = plain,
            };
        }

        // Then with an index over all attributes, which no intake at this speed could keep up.
        await load.IndexPlainAsync(!request.WithoutPlain, cancellationToken);
        foreach (var question in TraceQlQuestion.All.Where(_ => !request.WithoutPlain))
        {
            var times = await TimesAsync(3, () => load.ReadPlainAsync(question.PlainSql, cancellationToken));
            figures[question.Name] = figures[question.Name] with { PlainWithGinP50Ms = times.P50 };
        }

        await load.IndexPlainAsync(false, cancellationToken);
        await WriteAsync(spans, figures);
        await FiguresFile.WriteAsync(request.JsonFile, figures, cancellationToken);
        return 0;
    }

    private async Task WriteAsync(long spans, Dictionary<string, TraceQlFigures> figures)
    {
        await output.WriteLineAsync(FormattableString.Invariant($"{spans:N0} spans over 24 h"));
        await output.WriteLineAsync("| query | p50 ms | p95 ms | plain jsonb, p50 ms | plain jsonb with GIN, p50 ms |");
        await output.WriteLineAsync("| --- | ---: | ---: | ---: | ---: |");
        foreach (var (name, of) in figures)
            await output.WriteLineAsync(
                FormattableString.Invariant($"| {name} | {of.P50Ms:F0} | {of.P95Ms:F0} | {of.PlainP50Ms:F0} | {of.PlainWithGinP50Ms:F0} |")
            );
    }

    /// <summary>The plain table as it is. That the answers are the same is seen before the times are worth anything.</summary>
    private static async Task<double> PlainAsync(
        QueryLoad load,
        TraceQlQuestion question,
        string answer,
        CancellationToken cancellationToken
    )
    {
        var plain = "";
        var times = await TimesAsync(
            1,
            async () => plain = Written(await load.ReadPlainAsync(question.PlainSql, cancellationToken), question)
        );
        return plain == answer
            ? times.P50
            : throw new InvalidOperationException($"{question.Name}: the two sides answer differently:\n{answer}\n{plain}");
    }

    /// <returns>
    /// The answer in short: trace ids and how many spans matched, latest first; of series how many points there are and their sum.
    /// </returns>
    private static async Task<string> AskAsync(TraceQlReads reads, TraceQlQuestion question, CancellationToken cancellationToken)
    {
        var query = TraceQlParser.Parse(question.Query);
        if (query.Metrics is null)
        {
            var found = await reads.SearchAsync(new TraceSearch { Query = query, Window = question.Window }, cancellationToken);
            return string.Join(' ', found.Traces.Select(t => $"{t.TraceId}:{t.Spansets[0].Matched}"));
        }

        var counted = await reads.SeriesAsync(
            new SeriesRequest
            {
                Query = query,
                Window = question.Window,
                StepNs = SeriesRequest.DefaultStepNs(question.Window),
            },
            cancellationToken
        );
        var points = counted.Series.SelectMany(s => s.Values).OfType<double>().Where(v => v > 0).ToList();
        return Written(points.Count, points.Sum());
    }

    private static string Written(IReadOnlyList<object?[]> rows, TraceQlQuestion question) =>
        TraceQlParser.Parse(question.Query).Metrics is null
            ? string.Join(' ', rows.Select(r => $"{((string)r[0]!).Replace("-", "", StringComparison.Ordinal)}:{r[7]}").Distinct())
            : Written(rows.Count, rows.Sum(r => Convert.ToDouble(r[2], CultureInfo.InvariantCulture)));

    private static string Written(int points, double sum) => FormattableString.Invariant($"{points} points, {sum:F3} in all");

    /// <summary>Warm: the first run does not count.</summary>
    private static async Task<ReadTimes> TimesAsync(int times, Func<Task> run)
    {
        await run();
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await run();
            taken.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return ReadTimes.Of(taken);
    }
}
