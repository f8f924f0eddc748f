using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>Hosts whose clocks differ.</summary>
internal static class Clocks
{
    /// <summary>Every service's clock is wrong by its own amount, the same all the time.</summary>
    public static AnalysisInput Skew(AnalysisInput input, double mostMs, Random random)
    {
        var skews = new Dictionary<int, long>();
        foreach (var service in input.Baselines.Append(input.Bad).SelectMany(s => s.Spans).Select(s => s.Service).Distinct().Order())
            skews[service] = (long)(((random.NextDouble() * 2) - 1) * mostMs * 1e6);
        return input with { Bad = Move(input.Bad, s => skews[s]), Baselines = [.. input.Baselines.Select(b => Move(b, s => skews[s]))] };
    }

    public static TelemetrySample Move(TelemetrySample sample, Func<int, long> byNs) =>
        Instrumentation.With(sample, [.. sample.Spans.Select(s => s with { StartNs = s.StartNs + byNs(s.Service) })]);

    /// <summary>The same at another time.</summary>
    public static TelemetrySample MoveTo(TelemetrySample sample, TimeWindow window)
    {
        var by = window.FromNs - sample.Window.FromNs;
        return new TelemetrySample
        {
            Window = window,
            TraceIds = sample.TraceIds,
            Spans = [.. sample.Spans.Select(s => s with { StartNs = s.StartNs + by })],
            Logs = [.. sample.Logs.Select(l => l with { TimeNs = l.TimeNs + by })],
        };
    }
}
