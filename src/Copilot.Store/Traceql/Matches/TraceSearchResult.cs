namespace Copilot.Store.Traceql;

/// <summary>What a search found.</summary>
/// <param name="Traces">Latest first.</param>
/// <param name="More">Whether more traces match than are shown.</param>
public sealed record TraceSearchResult(IReadOnlyList<TraceMatch> Traces, bool More)
{
    /// <inheritdoc cref="SeriesResult.Notes"/>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
