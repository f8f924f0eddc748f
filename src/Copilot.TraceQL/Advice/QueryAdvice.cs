namespace Copilot.TraceQL.Advice;

/// <summary>What was probably meant.</summary>
/// <param name="Hint">Why the query does not do it, for a person.</param>
/// <param name="Fix">A whole valid query; null where only the hint helps.</param>
public sealed record QueryAdvice(string Hint, string? Fix);
