namespace Copilot.Store.Traceql;

/// <summary>The answer of a metrics query.</summary>
/// <param name="Exact">False where spans were sampled away and the numbers are estimated from those kept.</param>
/// <param name="FromRollups">Whether counted minutes answered, without reading spans.</param>
public sealed record SeriesResult(IReadOnlyList<MetricSeries> Series, bool Exact, bool FromRollups)
{
    /// <summary>What was asked for and not done, in words.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
