using System.Diagnostics;
using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;
using Xunit;
using Xunit.Abstractions;
using StatusCode = System.Diagnostics.ActivityStatusCode;

namespace Copilot.Demo.Tests;

/// <summary>An hour in which nothing goes wrong, made much faster than it would take, must give nobody a cause.</summary>
[Collection(RequestSimulationTests.Listening)]
[Trait("needs", "minutes")]
public sealed class QuietHourTests(ITestOutputHelper output)
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Hour = TimeSpan.FromMinutes(66);

    private readonly NameTable _names = new();

    [Theory]
    [InlineData(8, 1)]
    [InlineData(2, 3)]
    public void Windows_of_two_minutes_have_no_cause(int requestsPerSecond, int seed)
    {
        var spans = Record(requestsPerSecond, seed).OrderBy(s => s.Span.StartNs).ToLookup(s => s.Trace);
        var traces = spans.Select(t => (Id: t.Key, Start: t.Min(s => s.Span.StartNs), Spans: t.Select(s => s.Span).ToList())).ToList();
        var wrong = new List<string>();
        var tried = 0;
        for (var from = Now - Hour + TimeSpan.FromMinutes(6); from + TimeSpan.FromMinutes(2) <= Now; from += TimeSpan.FromMinutes(1))
        {
            tried++;
            var report = CauseRanker.Rank(
                new AnalysisInput
                {
                    Names = _names,
                    Bad = Sample(from),
                    Baselines = [.. Enumerable.Range(1, 3).Select(i => Sample(from - TimeSpan.FromMinutes(2 * i)))],
                }
            );
            if (report.Verdict == CauseVerdict.Cause)
                wrong.Add($"{from:HH:mm}: {report.Items[0].Service} {report.Items[0].Why}");
        }

        output.WriteLine(
            $"{traces.Count} traces, {requestsPerSecond} requests a second: {wrong.Count} of {tried} windows with a false cause\n{string.Join('\n', wrong)}"
        );
        Assert.True(tried >= 50 && wrong.Count <= 0.05 * tried, string.Join('\n', wrong));

        TelemetrySample Sample(DateTimeOffset from)
        {
            var window = new TimeWindow(from, from + TimeSpan.FromMinutes(2));
            var inside = traces.Where(t => window.Contains(t.Start)).ToList();
            return new TelemetrySample
            {
                Window = window,
                TraceIds = [.. inside.Select(t => t.Id)],
                Spans = [.. inside.SelectMany((t, i) => t.Spans.Select(s => s with { Trace = i }))],
            };
        }
    }

    private List<(TraceId Trace, SampleSpan Span)> Record(int requestsPerSecond, int seed)
    {
        // Sends to a port where nobody listens: what is tested is what is recorded.
        using var fleet = new Fleet(new Uri("http://127.0.0.1:9/"));
        using var http = new HttpClient();
        var spans = new List<(TraceId, SampleSpan)>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name.StartsWith("alpine.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = a => spans.Add((TraceId.Parse(a.TraceId.ToHexString()), Span(a))),
        };
        ActivitySource.AddActivityListener(listener);
        new ShopTraffic(
            fleet,
            new ShopPublisher(http, new Uri("http://127.0.0.1:9/")),
            Schedule.Default,
            new Then(Now),
            requestsPerSecond,
            new Random(seed)
        ).SendPast(Hour, CancellationToken.None);
        return spans;
    }

    private SampleSpan Span(Activity activity)
    {
        // The source's name is alpine, the service, its version and the pod's number.
        var parts = activity.Source.Name.Split('.');
        _ = SpanId.TryParse(activity.SpanId.ToHexString(), out var id);
        _ = SpanId.TryParse(activity.ParentSpanId == default ? null : activity.ParentSpanId.ToHexString(), out var parent);
        var start = UnixNanos.From(activity.StartTimeUtc);
        return new SampleSpan
        {
            Trace = 0,
            Id = id,
            Parent = parent,
            Service = _names.Add(parts[1]),
            Operation = _names.Add(activity.OperationName),
            Kind = (SpanKind)((int)activity.Kind + 1),
            Status = activity.Status == StatusCode.Error ? SpanStatus.Error : SpanStatus.Unset,
            StartNs = start,
            DurationNs = activity.Duration.Ticks * 100,
            Instance = _names.Add(activity.Source.Name),
            Peer = _names.Add((activity.GetTagItem("peer.service") ?? activity.GetTagItem("server.address"))?.ToString()),
            IsDatabase = activity.GetTagItem("db.system.name") is not null,
        };
    }

    private sealed class Then(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
