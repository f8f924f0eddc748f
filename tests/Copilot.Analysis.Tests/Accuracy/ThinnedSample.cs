using Copilot.Analysis.Samples;

namespace Copilot.Analysis.Tests.Accuracy;

/// <summary>A part of a sample's traces, drawn at random: how far a ranking rests on having so many.</summary>
internal static class ThinnedSample
{
    public static TelemetrySample Of(TelemetrySample sample, double share, Random random)
    {
        var numbers = new int[sample.TraceIds.Count];
        var kept = 0;
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = random.NextDouble() < share ? kept++ : -1;
        return new TelemetrySample
        {
            Window = sample.Window,
            TraceIds = [.. sample.TraceIds.Where((_, i) => numbers[i] >= 0)],
            Spans = [.. sample.Spans.Where(s => numbers[s.Trace] >= 0).Select(s => s with { Trace = numbers[s.Trace] })],
            Logs = [.. sample.Logs.Where(l => l.Trace < 0 || numbers[l.Trace] >= 0).Select(l => l with { Trace = l.Trace < 0 ? -1 : numbers[l.Trace] })],
        };
    }
}
