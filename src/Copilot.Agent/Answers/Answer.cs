using Copilot.Incidents.Proposals;

namespace Copilot.Agent.Answers;

/// <summary>One checked answer, as the browser, Slack, the command line and the HTTP API all show it.</summary>
public sealed record Answer
{
    public required string ConversationId { get; init; }

    /// <summary>Which turn of the conversation this is, from 1; null before it is kept.</summary>
    public int? Turn { get; init; }

    public required Outcome Outcome { get; init; }

    /// <summary>Markdown for a person.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("answer")]
    public required string Text { get; init; }

    public required Understood Understood { get; init; }

    public required AnswerResult Result { get; init; }

    public IReadOnlyList<AnswerQuery> Queries { get; init; } = [];

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public required Coverage Coverage { get; init; }

    /// <summary>A preview of an incident, where the answer names a cause or affected services; null with anything else.</summary>
    public IncidentProposal? Proposal { get; init; }

    /// <summary>The way from the symptom to the cause that the answer claims, what it is not, and what would confirm or refute it; null where no cause is claimed.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>Two or three useful next questions, each complete enough to be asked as it is.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>Which engine answered: "builtin" or "model"; with a reason in <see cref="EngineNote"/> where that was not the one asked for.</summary>
    public string Engine { get; init; } = "builtin";

    public string? EngineNote { get; init; }
}
