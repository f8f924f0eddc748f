using Copilot.Agent.Questions;

namespace Copilot.Agent.Interpretation;

/// <summary>What the conversation is about: the last plan that was carried out, and what its answer named.</summary>
public sealed record PreviousTurn
{
    public required QuestionPlan Plan { get; init; }

    /// <summary>The services that the answer puts first: the cause, the worst, the only match. "It" means these, where the plan names none.</summary>
    public IReadOnlyList<string> FocusServices { get; init; } = [];

    /// <summary>The answer's traces in the order shown, at most the first 100. "The slowest one" is found here.</summary>
    public IReadOnlyList<ShownTrace> ShownTraces { get; init; } = [];

    /// <summary>The operations that the answer puts first.</summary>
    public IReadOnlyList<string> FocusOperations { get; init; } = [];
}
