using Copilot.Language.Questions;
using Copilot.Language.Sentences;

namespace Copilot.Language.Readings;

/// <summary>What all readings of a question share.</summary>
internal sealed record ReadingContext(
    Sentence Sentence,
    Subject Subject,
    InterpreterRequest Request,
    MeasureMention? Measure,
    AnchorMention? Anchor
)
{
    public bool HasSubject => Subject.Services.Count > 0 || Subject.Operations.Count > 0;
}

/// <summary>One way to read a question, and how well it fits.</summary>
internal sealed record Reading(QuestionKind Kind, double Score);
