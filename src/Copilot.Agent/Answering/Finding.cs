using Copilot.Agent.Answers;
using Copilot.Agent.Answers.Results;
using Copilot.Incidents.Proposals;

namespace Copilot.Agent.Answering;

/// <summary>What a question came to, before it is dressed as an <see cref="Answer"/>.</summary>
internal sealed record Finding
{
    public Outcome Outcome { get; init; } = Outcome.Answered;

    public AnswerResult Result { get; init; } = new NoResult();

    /// <summary>Markdown; text from telemetry stands in code spans only.</summary>
    public required string Text { get; init; }

    public IReadOnlyList<string> Suggestions { get; init; } = [];

    public IncidentProposal? Proposal { get; init; }

    public Explanation? Explanation { get; init; }

    public static Finding NoData(string text, params string[] suggestions) =>
        new() { Outcome = Outcome.NoData, Text = text, Suggestions = suggestions };
}
