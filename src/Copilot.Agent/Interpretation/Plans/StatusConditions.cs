using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Linking;
using Copilot.Agent.Interpretation.Readings;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Plans;

/// <summary>"p95 of failed requests", "how many successful calls": whether the requests that are measured failed.</summary>
internal static class StatusConditions
{
    public static IEnumerable<AttributeCondition> Read(ReadingContext context, QuestionKind kind)
    {
        var s = context.Sentence;
        if (kind is not (QuestionKind.Measure or QuestionKind.Series or QuestionKind.Breakdown) || context.Measure is not { } measure)
            yield break;
        var counted = measure.Measure is Measure.RequestCount or Measure.Throughput or Measure.Share;
        if (!counted && !measure.Measure.IsLatency())
            yield break;
        if (OfRequests(s, Concept.Fine) is { } fine)
            yield return Condition(s, fine, ConditionOperator.NotEqual);
        else if ((measure.Measure.IsLatency() || measure.Measure == Measure.Share) && OfRequests(s, Concept.Failed) is { } failed)
            yield return Condition(s, failed, ConditionOperator.Equal);
    }

    // "failed requests", "requests that failed", "for failed ones"
    private static ConceptMark? OfRequests(Sentence s, Concept state) => s.All(state).FirstOrDefault(mark =>
        s.ConceptAt(mark.End)?.Concept == Concept.Request || s.WordAt(mark.End) is "ones" or "calls" || s.LinkAt(mark.End) is { Kind: LinkKind.Service } && s.ConceptAt(s.LinkAt(mark.End)!.End)?.Concept == Concept.Request ||
        s.WordAt(mark.Start - 1) is "that" or "which" or "have" or "were" && s.Concepts.Any(c => c.Concept == Concept.Request && c.End <= mark.Start && mark.Start - c.End <= 2) ||
        s.ConceptAt(mark.Start - 1)?.Concept is Concept.Request or Concept.Count or Concept.Which or Concept.Pronoun && s.Has(Concept.Request));

    private static AttributeCondition Condition(Sentence s, ConceptMark mark, ConditionOperator op)
    {
        s.Use(mark);
        s.Use(Concept.Request);
        return new AttributeCondition(AttributeScope.Intrinsic, "status", op, ["error"], ConditionValueType.Keyword, true, s.Words(mark.Start, mark.End));
    }
}
