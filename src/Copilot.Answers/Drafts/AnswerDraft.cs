using Copilot.Answers.Contract;
using Copilot.Incidents.Proposals;
using Copilot.Language.Questions;
using Copilot.Telemetry.Records;

namespace Copilot.Answers.Drafts;

/// <summary>What a question came to, before it is dressed as an <see cref="Answer"/>.</summary>
internal sealed record AnswerDraft
{
    public Outcome Outcome { get; init; } = Outcome.Answered;

    public AnswerResult Result { get; init; } = new NoResult();

    /// <summary>The same told otherwise or more finely, for whoever reads results one by one.</summary>
    public IReadOnlyList<AnswerResult> More { get; init; } = [];

    /// <summary>Markdown; text from telemetry stands in code spans only.</summary>
    public required string Text { get; init; }

    /// <summary>The window that the question meant without naming it, once it was found; null: the plan's.</summary>
    public TimeWindow? Window { get; init; }

    public IReadOnlyList<string> Suggestions { get; init; } = [];

    public IncidentProposal? Proposal { get; init; }

    public TroubleOutline? Trouble { get; init; }

    public Explanation? Explanation { get; init; }

    public static AnswerDraft NoData(string text, params string[] suggestions) =>
        new()
        {
            Outcome = Outcome.NoData,
            Text = text,
            Suggestions = suggestions,
        };
}

/// <summary>Answers questions of some kinds: reads what they need and says what was found.</summary>
internal interface IAnswerer
{
    IReadOnlyList<QuestionKind> Kinds { get; }

    Task<AnswerDraft> AnswerAsync(Inquiry inquiry, CancellationToken cancellationToken);
}
