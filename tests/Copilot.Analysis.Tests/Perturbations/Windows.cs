using Copilot.Analysis.Samples;
using Copilot.Telemetry.Records;

namespace Copilot.Analysis.Tests.Perturbations;

/// <summary>Trouble looked at from another minute: nobody knows to the second when it began and when it was over.</summary>
internal static class Windows
{
    public static AnalysisInput? Shifted(RecordedFault fault, double by) => Stretched(fault, by, 1 + by);

    /// <param name="from">Where it begins, in lengths of the recorded window.</param>
    /// <param name="to">Where it ends.</param>
    /// <returns>Null where hardly anything was recorded then.</returns>
    public static AnalysisInput? Stretched(RecordedFault fault, double from, double to)
    {
        var window = fault.Input.Bad.Window;
        var length = window.ToNs - window.FromNs;
        var other = fault.At(new TimeWindow(window.FromNs + (long)(from * length), window.FromNs + (long)(to * length)));
        if (other is null)
            return null;
        other = other with { Baselines = [.. other.Baselines.Where(b => b.TraceIds.Count > 0)] };
        return other.Bad.TraceIds.Count == 0 || other.Baselines.Count == 0 ? null : other;
    }

    /// <summary>The last part of a stretch of time.</summary>
    public static TelemetrySample Last(TelemetrySample sample, double share)
    {
        var window = sample.Window with { FromNs = sample.Window.ToNs - (long)(share * (sample.Window.ToNs - sample.Window.FromNs)) };
        var starts = new long[sample.TraceIds.Count];
        Array.Fill(starts, long.MaxValue);
        foreach (var span in sample.Spans)
            starts[span.Trace] = Math.Min(starts[span.Trace], span.StartNs);
        return Thinning.Keep(sample, window, trace => starts[trace] >= window.FromNs);
    }
}
