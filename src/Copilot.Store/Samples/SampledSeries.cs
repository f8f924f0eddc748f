namespace Copilot.Store.Samples;

/// <summary>One series of a resource metric over the time around a window; cumulative sums come as rates a second.</summary>
public sealed record SampledSeries(string Service, int Resource, string Metric, string Unit, IReadOnlyList<(long TimeNs, double Value)> Points);
