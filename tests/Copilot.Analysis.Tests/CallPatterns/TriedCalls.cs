using Copilot.Analysis.Causes;
using Copilot.Analysis.Reports;
using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.CallPatterns;

/// <summary>Requests of which each makes some calls to one callee, one after the other.</summary>
internal static class TriedCalls
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    /// <param name="usual">The calls of the n-th request in good times.</param>
    /// <param name="now">The calls of the n-th request in the bad window.</param>
    /// <param name="operations">Of how many operations of the caller.</param>
    public static CauseReport Rank(Func<int, IReadOnlyList<TriedCall>> usual, Func<int, IReadOnlyList<TriedCall>> now, int operations = 1)
    {
        var names = new NameTable();
        return CauseRanker.Rank(
            new AnalysisInput
            {
                Names = names,
                Bad = Sample(names, 0, now, operations),
                Baselines = [Sample(names, -60, usual, operations), Sample(names, -120, usual, operations)],
            }
        );
    }

    private static TelemetrySample Sample(NameTable names, int fromSecond, Func<int, IReadOnlyList<TriedCall>> calls, int operations)
    {
        const int count = 60;
        var window = new TimeWindow(Start.AddSeconds(fromSecond), Start.AddSeconds(fromSecond + 60));
        var spans = new List<SampleSpan>();
        ulong ids = 0;
        for (var trace = 0; trace < count; trace++)
        {
            var begin = window.FromNs + (trace * UnixNanos.PerSecond);
            var root = new SpanId(++ids);
            var at = 2.0;
            var failed = true;
            foreach (var call in calls(trace))
            {
                at += call.AfterMs;
                var client = Add(root, "checkout", "POST /charge", SpanKind.Client, at, call.Ms, call.Fails, call.IsResent);
                if (call.CalleeMs > 0)
                    Add(client, "payment", "charge", SpanKind.Server, at + 0.5, call.CalleeMs, call.CalleeFails);
                at += call.Ms;
                failed = call.Fails;
            }

            Add(default, "checkout", $"POST /orders/{trace % operations}", SpanKind.Server, 0, at + 2, failed, id: root);

            SpanId Add(
                SpanId parent,
                string service,
                string operation,
                SpanKind kind,
                double offset,
                double ms,
                bool fails,
                bool isResent = false,
                SpanId? id = null
            )
            {
                var own = id ?? new SpanId(++ids);
                spans.Add(
                    new SampleSpan
                    {
                        Trace = trace,
                        Id = own,
                        Parent = parent,
                        Service = names.Add(service),
                        Operation = names.Add(operation),
                        Kind = kind,
                        Status = fails ? SpanStatus.Error : SpanStatus.Unset,
                        StartNs = begin + (long)(offset * 1e6),
                        DurationNs = (long)(ms * 1e6),
                        IsResent = isResent,
                        ErrorType = names.Add(fails ? "unavailable" : null),
                    }
                );
                return own;
            }
        }

        return new TelemetrySample
        {
            Window = window,
            TraceIds = [.. Enumerable.Range(1, count).Select(i => new TraceId(1, (ulong)i))],
            Spans = [.. spans],
        };
    }
}
