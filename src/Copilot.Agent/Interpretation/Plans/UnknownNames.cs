using Copilot.Agent.Interpretation.Lexicon;
using Copilot.Agent.Interpretation.Readings;
using Copilot.Agent.Interpretation.Sentences;
using Copilot.Agent.Interpretation.Tokens;
using Copilot.Agent.Questions;
using Copilot.Agent.Questions.Subjects;

namespace Copilot.Agent.Interpretation.Plans;

/// <summary>Words that stand where a name stands and name nothing known. Leaving them out would answer another question.</summary>
internal static class UnknownNames
{
    private static readonly HashSet<string> Places =
        new(StringComparer.Ordinal) { "of", "for", "in", "on", "from", "through", "via", "to", "at", "thru", "service", "svc", "für", "von", "bei", "im", "durch", "calls", "call", "owns", "own", "team", "tenant" };

    public static IReadOnlyList<ServiceReference> Find(ReadingContext context, QuestionPlan plan)
    {
        var s = context.Sentence;
        var unknown = new List<ServiceReference>();
        for (var i = 0; i < s.Tokens.Count; i++)
        {
            if (!MayName(s, i))
                continue;
            var end = i + 1;
            while (end < s.Tokens.Count && s.Tokens[end].Group == s.Tokens[i].Group)
                end++;
            // "Brazil (BR)": the brackets say what is meant.
            if (s.WordAt(end) is "(" && s.LinkAt(end + 1) is { Kind: Linking.LinkKind.Value or Linking.LinkKind.Service } && s.IsUsed(end + 1))
            {
                s.Use(i, end);
            }
            else if (IsUnknown(s, i, end, plan))
            {
                var words = s.Words(i, end);
                s.Use(i, end);
                unknown.Add(new ServiceReference(words, ServiceStanding.Unknown, words));
            }

            i = end - 1;
        }

        return unknown;
    }

    private static bool MayName(Sentence s, int i) =>
        s.Tokens[i].Kind is TokenKind.Word or TokenKind.Quoted && !s.IsUsed(i) && s.TimeAt(i) is null && (s.ConceptAt(i) is null || s.ConceptAt(i) is { Concept: Concept.OffTopic } && i + 1 < s.Tokens.Count && s.Tokens[i + 1].Glue == '-') && s.LinkAt(i) is null &&
        s.Tokens[i].Glue is '\0' or '/' && !FillerWords.IsFiller(s.Tokens[i].Lower) && s.Tokens[i].Lower.Any(char.IsLetter);

    private static bool IsUnknown(Sentence s, int start, int end, QuestionPlan plan)
    {
        var nameLike = end - start > 1 && s.Tokens[start + 1].Glue is '-' or '_' or Token.CamelGlue or '.' || s.WordAt(end) is "service" or "svc" or "microservice" || s.Tokens[start].Kind == TokenKind.Quoted;
        var ordinary = Enumerable.Range(start, end - start).All(i => FillerWords.IsOrdinary(s.Tokens[i].Lower) || s.ConceptAt(i) is not null || PhraseTable.Standard.Words.Contains(s.Tokens[i].Lower));
        if (ordinary && !(nameLike && s.WordAt(end) is "service" or "svc"))
            return false;
        var placed = Places.Contains(s.WordAt(start - 1) ?? "") || s.WordAt(start - 1) is "the" or "our" or "der" or "die" or "das" && Places.Contains(s.WordAt(start - 2) ?? "");
        var alone = plan.Services.Count == 0 && plan.Operations.Count == 0 && plan.Conditions.Count == 0;
        return plan.Kind switch
        {
            QuestionKind.Measure or QuestionKind.Series or QuestionKind.Comparison or QuestionKind.Callers or QuestionKind.Callees => placed || nameLike || alone,
            QuestionKind.Owners => alone && (placed || nameLike || plan.Teams.Count + plan.People.Count == 0),
            QuestionKind.Traces or QuestionKind.Operations or QuestionKind.Breakdown or QuestionKind.Changes => alone && (placed || nameLike) || nameLike && placed,
            QuestionKind.Logs => alone && placed,
            QuestionKind.Cause or QuestionKind.Affected or QuestionKind.Overview => alone && nameLike && (placed || s.WordAt(start - 1) is "is" or "does" or "do" or "did" or "are"),
            _ => false,
        };
    }
}
