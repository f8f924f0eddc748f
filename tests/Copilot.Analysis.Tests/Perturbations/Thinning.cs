using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>Traces and spans that did not come, or came otherwise than they were sent.</summary>
internal static class Thinning
{
    /// <summary>A part of a sample's traces, drawn at random: how far a ranking rests on having so many.</summary>
    public static TelemetrySample Draw(TelemetrySample sample, double share, Random random)
    {
        var isKept = sample.TraceIds.Select(_ => random.NextDouble() < share).ToArray();
        return Keep(sample, sample.Window, trace => isKept[trace]);
    }

    public static TelemetrySample Keep(TelemetrySample sample, TimeWindow window, Func<int, bool> isKept)
    {
        var numbers = new int[sample.TraceIds.Count];
        var kept = 0;
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = isKept(i) ? kept++ : -1;
        return new TelemetrySample
        {
            Window = window,
            TraceIds = [.. sample.TraceIds.Where((_, i) => numbers[i] >= 0)],
            Spans = [.. sample.Spans.Where(s => numbers[s.Trace] >= 0).Select(s => s with { Trace = numbers[s.Trace] })],
            Logs =
            [
                .. sample
                    .Logs.Where(l => window.Contains(l.TimeNs) && (l.Trace < 0 || numbers[l.Trace] >= 0))
                    .Select(l => l with { Trace = l.Trace < 0 ? -1 : numbers[l.Trace] }),
            ],
        };
    }

    public static TelemetrySample WithoutRoots(TelemetrySample sample, double share, Random random)
    {
        var isRootless = sample.TraceIds.Select(_ => random.NextDouble() < share).ToArray();
        return Instrumentation.With(sample, [.. sample.Spans.Where(s => !s.Parent.IsEmpty || !isRootless[s.Trace])]);
    }

    public static TelemetrySample WithoutSpans(TelemetrySample sample, double share, Random random) =>
        Instrumentation.With(sample, [.. sample.Spans.Where(_ => random.NextDouble() >= share)]);

    public static TelemetrySample Twice(TelemetrySample sample, double share, Random random) =>
        Instrumentation.With(sample, [.. sample.Spans, .. sample.Spans.Where(_ => random.NextDouble() < share)]);

    public static TelemetrySample Shuffled(TelemetrySample sample, Random random)
    {
        var spans = sample.Spans.ToArray();
        random.Shuffle(spans);
        return Instrumentation.With(sample, spans);
    }
}
