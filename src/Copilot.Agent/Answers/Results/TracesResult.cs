using Copilot.Agent.Answers.Items;

namespace Copilot.Agent.Answers.Results;

/// <summary>Traces that match; <c>Total</c> counts all of them, <c>Items</c> holds at least the first 100.</summary>
public sealed record TracesResult(IReadOnlyList<TraceItem> Items, long Total) : AnswerResult;
