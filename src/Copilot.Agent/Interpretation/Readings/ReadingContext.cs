using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Interpretation.Subjects;

namespace Copilot.Agent.Interpretation.Readings;

/// <summary>What all readings of a question share.</summary>
internal sealed record ReadingContext(Sentence Sentence, Subject Subject, InterpreterRequest Request, MeasureMention? Measure, AnchorMention? Anchor)
{
    public bool HasSubject => Subject.Services.Count > 0 || Subject.Operations.Count > 0;
}
