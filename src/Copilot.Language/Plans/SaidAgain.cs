using Copilot.Language.Lexicon;
using Copilot.Language.Linking;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.TraceQL.Syntax;

namespace Copilot.Language.Plans;

/// <summary>Words that say once more what a condition of the plan says.</summary>
internal static class SaidAgain
{
    // What is narrowed by, or set against each other: "two versions, 1.2 and 1.3".
    private static IEnumerable<string> Keys(QuestionPlan plan) =>
        plan
            .Conditions.Select(c => c.Key)
            .Concat(plan.Frame?.Sides is { Before: FieldBinary { Left: AttributeReference one } } ? [one.Name] : Array.Empty<string>());

    // "paid with a gift card", "sent by courier": what was done is told by the value.
    public static bool IsOfValue(Sentence s, int i, QuestionPlan plan)
    {
        if (
            s.Tokens[i].Kind != WordTokenKind.Word
            || s.MarkAt(i) is not null
            || s.LinkAt(i) is not null
            || !WordRoles.Done.Contains(s.Tokens[i].Lower)
            || !s.MeansAt(i + 1, Concept.Preposition)
        )
            return false;
        var at = s.MeansAt(i + 2, Concept.Article) ? i + 3 : i + 2;
        return s.LinkAt(at) is { Kind: LinkKind.Value or LinkKind.Key } value
            && s.IsUsed(at)
            && plan.Conditions.Any(c => value.Targets.Any(t => t.Key == c.Key));
    }

    // "machine searches" of GET /machines/search
    private static bool IsOfOperation(Sentence s, int i, QuestionPlan plan) =>
        s.Tokens[i].Kind == WordTokenKind.Word
        && s.ConceptAt(i) is null
        && s.LinkAt(i) is null or { Kind: LinkKind.Key }
        && plan.Operations.Any(o => NameParts.Of(o.Name).Any(part => part.Length > 3 && WordStem.Of(part) == s.Tokens[i].Stem));

    // "live requests (is_live)": said again what was read before.
    public static bool Is(Sentence s, int i, QuestionPlan plan) =>
        IsOfOperation(s, i, plan)
        || s.Tokens[i].Kind == WordTokenKind.Number && plan.Conditions.Any(c => c.Values.Contains(s.Tokens[i].Text))
        || s.Tokens[i].Kind == WordTokenKind.Word
            && s.ConceptAt(i) is null
            && Keys(plan)
                .Any(key =>
                    NameParts.Of(key) is { Count: > 1 } parts && (parts.Contains(s.Tokens[i].Lower) || parts.Contains(s.Tokens[i].Stem))
                )
        // "reviewed by hand (outcome manual review)"
        || s.Tokens[i].Kind == WordTokenKind.Word
            && plan.Conditions.Any(c =>
                c.Values.Any(v => NameParts.Of(v) is { Count: > 1 } parts && parts.Any(p => WordStem.Of(p) == s.Tokens[i].Stem))
            )
        || s.LinkAt(i) is { Kind: LinkKind.Key } key && plan.Conditions.Any(c => key.Targets.Any(t => t.Key == c.Key))
        || s.LinkAt(i) is { Kind: LinkKind.Value } value
            && plan.Conditions.Any(c => value.Targets.Any(t => t.Key == c.Key && c.Values.Contains(t.Name)));
}
