using Copilot.Telemetry.Spans;

namespace Copilot.Analysis.Samples;

/// <summary>A sample without some of its traces.</summary>
internal static class SomeTraces
{
    /// <param name="sample">It was counted apart with all its traces, so the rest is its own count.</param>
    /// <param name="keeps">By the trace's number in the sample.</param>
    /// <param name="keepsAlone">Of log records of no trace: by service.</param>
    public static TelemetrySample Of(TelemetrySample sample, Func<int, bool> keeps, Func<int, bool> keepsAlone)
    {
        var places = new int[sample.TraceIds.Count];
        var kept = new List<TraceId>();
        var uniform = 0;
        for (var trace = 0; trace < places.Length; trace++)
        {
            places[trace] = -1;
            if (!keeps(trace))
                continue;
            places[trace] = kept.Count;
            kept.Add(sample.TraceIds[trace]);
            if (trace < sample.Uniform)
                uniform = kept.Count;
        }

        return new TelemetrySample
        {
            Window = sample.Window,
            TraceIds = kept,
            Spans = [.. sample.Spans.Where(s => places[s.Trace] >= 0).Select(s => s with { Trace = places[s.Trace] })],
            Logs =
            [
                .. sample
                    .Logs.Where(l => l.Trace < 0 ? keepsAlone(l.Service) : places[l.Trace] >= 0)
                    .Select(l => l with { Trace = l.Trace < 0 ? -1 : places[l.Trace] }),
            ],
            Weight = sample.Weight,
            Uniform = uniform,
            Added = sample.Added.Where(a => places[a.Trace] >= 0).Select(a => (places[a.Trace], a.Service)).ToHashSet(),
            Arriving = sample.Arriving,
        };
    }
}
