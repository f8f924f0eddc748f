namespace Copilot.Store.Traceql;

/// <summary>A spanset of a trace.</summary>
/// <param name="Matched">How many spans it has.</param>
/// <param name="Spans">The earliest of them, as many as were asked for.</param>
public sealed record SpansetMatch(long Matched, IReadOnlyList<SpanMatch> Spans);
