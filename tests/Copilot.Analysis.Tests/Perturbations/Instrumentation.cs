using Copilot.Analysis.Samples;
using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>What the instrumentation does not send.</summary>
internal static class Instrumentation
{
    public static TelemetrySample With(TelemetrySample sample, SampleSpan[] spans) => With(sample, spans, sample.Logs);

    public static TelemetrySample WithoutLogs(TelemetrySample sample) => With(sample, sample.Spans, []);

    public static TelemetrySample WithoutTracesInLogs(TelemetrySample sample) =>
        With(sample, sample.Spans, [.. sample.Logs.Select(l => l with { Trace = -1, Span = default })]);

    public static TelemetrySample WithoutStatus(TelemetrySample sample) =>
        With(sample, [.. sample.Spans.Select(s => s with { Status = SpanStatus.Unset, ErrorType = NameTable.None })]);

    /// <summary>Spans of calls are gone; what hung under them hangs under what they hung under.</summary>
    public static TelemetrySample WithoutClientSpans(TelemetrySample sample)
    {
        var calls = new Dictionary<(int, SpanId), SpanId>();
        foreach (var span in sample.Spans.Where(s => s.Kind == SpanKind.Client && !s.Parent.IsEmpty))
            calls.TryAdd((span.Trace, span.Id), span.Parent);
        return With(
            sample,
            [.. sample.Spans.Where(s => !calls.ContainsKey((s.Trace, s.Id))).Select(s => s with { Parent = Above(s.Trace, s.Parent) })]
        );

        SpanId Above(int trace, SpanId parent)
        {
            for (var steps = 0; steps < 100 && calls.TryGetValue((trace, parent), out var above); steps++)
                parent = above;
            return parent;
        }
    }

    private static TelemetrySample With(TelemetrySample sample, SampleSpan[] spans, SampleLog[] logs) =>
        new()
        {
            Window = sample.Window,
            TraceIds = sample.TraceIds,
            Spans = spans,
            Logs = logs,
        };
}
