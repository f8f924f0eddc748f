using Copilot.Language.Questions;

namespace Copilot.Answers.Contract;

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
    double ElapsedMs
);

/// <summary>One claim of the answer with the query it comes from and the traces that show it.</summary>
public sealed record Evidence(string Id, string Query, string Claim, IReadOnlyList<string> TraceIds);

/// <summary>How far the numbers can be trusted.</summary>
/// <param name="Exact">False where numbers were rounded out to minutes or estimated from weighted kept traces.</param>
/// <param name="ReceivedUntil">
/// The newest span start received, never later than the last arrival by the server's clock; null where nothing was received.
/// </param>
public sealed record Coverage(bool Exact, DateTimeOffset? ReceivedUntil, string Note);

/// <summary>How the question was read.</summary>
public sealed record Understood
{
    /// <summary>A stable snake_case name of the question's kind.</summary>
    public required string Intent { get; init; }

    public Period? Window { get; init; }

    public Period? Baseline { get; init; }

    /// <summary>A TraceQL spanset filter, or null.</summary>
    public string? Filter { get; init; }

    /// <summary>Words that changed nothing; never silently dropped.</summary>
    public IReadOnlyList<string> Ignored { get; init; } = [];

    /// <summary>The reading as editable parts.</summary>
    public IReadOnlyList<Chip> Chips { get; init; } = [];
}
