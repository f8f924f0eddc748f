namespace Copilot.Store.Traceql;

/// <summary>A service's part of a trace.</summary>
/// <param name="Spans">How many spans of the trace it sent.</param>
/// <param name="Failed">How many of these have status ERROR.</param>
public sealed record ServiceShare(string Service, long Spans, long Failed);
