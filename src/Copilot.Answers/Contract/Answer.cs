using System.Text.Json.Serialization;
using Copilot.Analysis.Reports;
using Copilot.Diagnosis.Diagnoses;
using Copilot.Incidents.Proposals;
using Copilot.Store.Conversations;

namespace Copilot.Answers.Contract;

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

    /// <summary>Further results, in the order asked for, of a question that asks for several things.</summary>
    public IReadOnlyList<AnswerResult> More { get; init; } = [];

    /// <summary>The result and what else was asked for, as people see them below each other: without what only says once more what a
    /// table of one row has in its cells.</summary>
    [JsonIgnore]
    public IEnumerable<AnswerResult> Shown
    {
        get
        {
            var rows = More.Prepend(Result).OfType<TableResult>().ToList();
            return More.Where(more => more is not ScalarResult scalar || !rows.Exists(table => table.Repeats(scalar))).Prepend(Result);
        }
    }

    public IReadOnlyList<AnswerQuery> Queries { get; init; } = [];

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>What <see cref="Text"/> says beyond the results, typed.</summary>
    [JsonIgnore]
    public IReadOnlyList<Statement> Statements { get; init; } = [];

    public required Coverage Coverage { get; init; }

    /// <summary>A preview of an incident, where the answer names a cause or affected services; null with anything else.</summary>
    public IncidentProposal? Proposal { get; init; }

    /// <summary>Of an answer about a trouble: when it was, and what it says besides the cause, the figures and the people that
    /// <see cref="Proposal"/> holds; null with anything else.</summary>
    public TroubleOutline? Trouble { get; init; }

    /// <summary>The way from the symptom to the cause that the answer claims, what it is not, and what would confirm or refute it; null
    /// where no cause is claimed.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>Two or three useful next questions, each complete enough to be asked as it is.</summary>
    public IReadOnlyList<string> Suggestions { get; init; } = [];

    /// <summary>Which engine answered; with a reason in <see cref="EngineNote"/> where that was not the one asked
    /// for.</summary>
    public AnswerEngine Engine { get; init; }

    public string? EngineNote { get; init; }
}

/// <summary>When a trouble was.</summary>
/// <param name="From">Its onset; null where no stretch of time stands out.</param>
/// <param name="To">Its end; null while it lasts, and where that cannot be told.</param>
/// <param name="Lasts">Null where it cannot be told whether it is over.</param>
/// <param name="Besides">Markdown; empty where there is nothing more to say.</param>
public sealed record TroubleOutline(DateTimeOffset? From, DateTimeOffset? To, bool? Lasts, string Besides);

/// <summary>One step of an answer that is coming about; exactly one member is set.</summary>
public sealed record AnswerPart
{
    public Understood? Understood { get; init; }

    public AnswerQuery? Query { get; init; }

    public AnswerResult? Result { get; init; }

    /// <summary>What is being done now, in a few words.</summary>
    public string? Progress { get; init; }

    /// <summary>Text of the answer to append to what came before.</summary>
    public string? TextDelta { get; init; }

    /// <summary>The whole, checked answer; replaces everything shown before.</summary>
    public Answer? Complete { get; init; }
}

/// <summary>How a question ended. An answer that would be a guess is not <see cref="Answered"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Outcome>))]
public enum Outcome
{
    [JsonStringEnumMemberName("answered")]
    Answered,

    [JsonStringEnumMemberName("clarify")]
    Clarify,

    [JsonStringEnumMemberName("unsupported")]
    Unsupported,

    [JsonStringEnumMemberName("no_data")]
    NoData,
}

/// <summary>Why a cause should be believed, beyond its evidence. All text may come from telemetry and is never trusted.</summary>
/// <param name="Path">From the request that users send down to the cause.</param>
/// <param name="Rejected">What one might suspect, and what speaks against it.</param>
/// <param name="Checks">What would confirm or refute it.</param>
public sealed record Explanation(IReadOnlyList<PropagationStep> Path, IReadOnlyList<RejectedCause> Rejected, IReadOnlyList<string> Checks)
{
    /// <summary>Null where there is nothing to explain: no cause is claimed.</summary>
    public static Explanation? Of(WindowDiagnosis diagnosis) =>
        diagnosis.Causes.Count == 0
            ? null
            : new(diagnosis.Path, diagnosis.Rejected, diagnosis.Checks) { Ongoing = diagnosis.Episode?.Lasts };

    /// <summary>Whether the trouble lasts as of the answer; null where its requests do not tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Ongoing { get; init; }
}
