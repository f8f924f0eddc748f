namespace Copilot.Agent.Answers;

/// <summary>One query that the answer's numbers come from.</summary>
/// <param name="Id">"q1", "q2", …, unique within the answer.</param>
/// <param name="TraceQl">The query as TraceQL; for logs, changes and owners, a plain description in the same place.</param>
/// <param name="Rows">How many rows it gave.</param>
public sealed record AnswerQuery(
    string Id,
    [property: System.Text.Json.Serialization.JsonPropertyName("traceql")] string TraceQl,
    DateTimeOffset From,
    DateTimeOffset To,
    long Rows,
    double ElapsedMs);
