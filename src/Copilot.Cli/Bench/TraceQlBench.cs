using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Copilot.Store;
using Copilot.Store.Measuring;
using Copilot.Store.Traceql;
using Copilot.Telemetry.Time;
using Copilot.TraceQL;
using Microsoft.Extensions.Logging.Abstractions;

namespace Copilot.Cli.Bench;

/// <summary><c>copilot bench traceql</c>: queries over a day of made-up spans, beside the same questions in SQL over a plain jsonb table.</summary>
internal sealed class TraceQlBench(TextWriter output)
{
    private static readonly TimeWindow Hour = new(QueryLoad.Day.ToNs - (120 * UnixNanos.PerMinute), QueryLoad.Day.ToNs - (60 * UnixNanos.PerMinute));

    private static readonly (string Name, string Query, TimeWindow Window, string Plain)[] Questions =
    [
        ("service, attribute and duration over 1 h", "{ resource.service.name = \"service-3\" && span.tenant = \"tenant-7\" && duration > 200ms }", Hour,
            "select trace_id, max(start_ns) from bench_plain where data @> '{\"service.name\": \"service-3\", \"tenant\": \"tenant-7\"}' and duration_ns > 200000000 and {window} group by 1 order by 2 desc limit 20"),
        ("rare attribute over 24 h, no service", "{ span.coupon = \"C-7\" }", QueryLoad.Day,
            "select trace_id, max(start_ns) from bench_plain where data @> '{\"coupon\": \"C-7\"}' and {window} group by 1 order by 2 desc limit 20"),
        ("rate by service over 24 h", "{ } | rate() by (resource.service.name)", QueryLoad.Day,
            "select (start_ns - {from}) / 900000000000, data ->> 'service.name', count(*) / 900.0 from bench_plain where {window} group by 1, 2"),
        ("structure over 1 h", "{ resource.service.name = \"service-1\" && kind = client } >> { resource.service.name = \"service-9\" && status = error }", Hour,
            "with recursive up as (select trace_id, span_id, parent_span_id as at from bench_plain where data @> '{\"service.name\": \"service-9\", \"status\": 2}' and {window}"
            + " union select u.trace_id, u.span_id, p.parent_span_id from up u join bench_plain p on p.trace_id = u.trace_id and p.span_id = u.at)"
            + " select distinct u.trace_id from up u join bench_plain l on l.trace_id = u.trace_id and l.span_id = u.at and l.data @> '{\"service.name\": \"service-1\", \"kind\": 3}' limit 20"),
    ];

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
            foreach (var (name, text, window, _) in Questions)
            {
                var query = TraceQlParser.Parse(text);
                var (p50, p95) = await TimesAsync(request.Times, () => AskAsync(reads, query, window, cancellationToken));
                figures[name] = new TraceQlFigures { Query = text, Spans = spans, P50Ms = p50, P95Ms = p95 };
            }

            // The plain table as it is, then with an index over all attributes, which no intake at this speed could keep up.
            foreach (var (name, _, window, plain) in Questions.Where(_ => !request.WithoutPlain))
                figures[name] = figures[name] with { PlainP50Ms = await PlainAsync(load, plain, window, 1, cancellationToken) };
            await load.IndexPlainAsync(!request.WithoutPlain, cancellationToken);
            foreach (var (name, _, window, plain) in Questions.Where(_ => !request.WithoutPlain))
                figures[name] = figures[name] with { PlainWithGinP50Ms = await PlainAsync(load, plain, window, 3, cancellationToken) };
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

    private static async Task<double> PlainAsync(QueryLoad load, string plain, TimeWindow window, int times, CancellationToken cancellationToken)
    {
        var sql = plain.Replace("{window}", FormattableString.Invariant($"start_ns >= {window.FromNs} and start_ns < {window.ToNs}"), StringComparison.Ordinal)
            .Replace("{from}", window.FromNs.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        return (await TimesAsync(times, () => load.RunPlainAsync(sql, cancellationToken))).P50;
    }

    private static async Task AskAsync(TraceQlReads reads, TraceQlQuery query, TimeWindow window, CancellationToken cancellationToken)
    {
        if (query.Metrics is null)
            await reads.SearchAsync(new TraceSearch { Query = query, Window = window }, cancellationToken);
        else
            await reads.SeriesAsync(new SeriesRequest { Query = query, Window = window, StepNs = SeriesRequest.DefaultStepNs(window) }, cancellationToken);
    }

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
