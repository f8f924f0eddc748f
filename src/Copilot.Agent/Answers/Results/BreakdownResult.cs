using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

/// <summary>The values of one attribute that set the bad requests apart, best first; by count where the question names the attribute, by the
/// measure where it asks which value has most or least of it.</summary>
/// <param name="Name">The measure that each item carries ("p95"); null where none was asked for.</param>
public sealed record BreakdownResult(string Attribute, IReadOnlyList<BreakdownItem> Items, string? Name = null, string? Unit = null) : AnswerResult;
