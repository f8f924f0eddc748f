namespace Copilot.Store.Traceql;

/// <summary>An attribute of a query that no span of the window has.</summary>
/// <param name="Written">As the query writes it.</param>
/// <param name="Start">Where it stands in the query's text.</param>
/// <param name="DidYouMean">The closest attribute that spans do have, as a query writes it; null where none is close.</param>
public sealed record UnknownAttribute(string Written, int Start, int Length, string? DidYouMean);
