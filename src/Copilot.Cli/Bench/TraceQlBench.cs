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
            "select distinct on (start_ns) trace_id, start_ns from bench_plain where data @> '{\"service.name\": \"service-3\", \"tenant\": \"tenant-7\"}' and duration_ns > 200000000 and {window} order by start_ns desc limit 20"),
        ("rare attribute over 24 h, no service", "{ span.coupon = \"C-7\" }", QueryLoad.Day,
            "select trace_id, start_ns from bench_plain where data @> '{\"coupon\": \"C-7\"}' and {window} order by start_ns desc limit 20"),
        ("rate by service over 24 h", "{ } | rate() by (resource.service.name)", QueryLoad.Day,
            "select (start_ns - {from}) / 900000000000, data ->> 'service.name', count(*) / 900.0 from bench_plain where {window} group by 1, 2"),
        ("structure over 1 h", "{ resource.service.name = \"service-1\" && kind = client } >> { resource.service.name = \"service-9\" && status = error }", Hour,
            "with recursive up as (select trace_id, span_id, parent_span_id as at from bench_plain where data @> '{\"service.name\": \"service-9\", \"status\": 2}' and {window}"
            + " union select u.trace_id, u.span_id, p.parent_span_id from up u join bench_plain p on p.trace_id = u.trace_id and p.span_id = u.at)"
            + " select distinct u.trace_id from up u join bench_plain l on l.trace_id = u.trace_id and l.span_id = u.at and l.data @> '{\"service.name\": \"service-1\", \"kind\": 3}' limit 20"),
    ];

    public async Task<int> RunAsync(int spans, int times, string? json, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("copilot-bench-").FullName;
        try
        {
            await using var database = new CopilotDatabase(new StoreOptions { DataFolder = folder, Durable = false }, NullLoggerFactory.Instance, TimeProvider.System);
            await database.StartAsync(cancellationToken);
            var load = new QueryLoad(database);
            await load.FillAsync(spans, line => output.WriteLine(line), cancellationToken);
            var reads = new TraceQlReads(database, new QueryBudget { MaxSpans = long.MaxValue });
            var figures = new Dictionary<string, object>();
            foreach (var (name, text, window, plain) in Questions)
            {
                var query = TraceQlParser.Parse(text);
                var ours = await TimesAsync(times, () => AskAsync(reads, query, window, cancellationToken));
                var sql = plain.Replace("{window}", FormattableString.Invariant($"start_ns >= {window.FromNs} and start_ns < {window.ToNs}"), StringComparison.Ordinal)
                    .Replace("{from}", window.FromNs.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
                var theirs = await TimesAsync(Math.Max(3, times / 4), () => load.RunPlainAsync(sql, cancellationToken));
                output.WriteLine(FormattableString.Invariant($"{name}: p50 {ours.P50:F0} ms, p95 {ours.P95:F0} ms; plain SQL over jsonb: p50 {theirs.P50:F0} ms"));
                figures[name] = new { query = text, p50Ms = ours.P50, p95Ms = ours.P95, plainP50Ms = theirs.P50, spans };
            }

            if (json is not null)
                await File.WriteAllTextAsync(json, JsonSerializer.Serialize(figures), cancellationToken);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
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
