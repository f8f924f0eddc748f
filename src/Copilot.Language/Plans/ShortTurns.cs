using Copilot.Language.Lexicon;
using Copilot.Language.Questions;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;
using Copilot.Telemetry.Records;

namespace Copilot.Language.Plans;

/// <summary>Turns of a conversation that are not worth a sentence: "and now?", "thanks!".</summary>
internal static class ShortTurns
{
    private static readonly Refusal Thanked = new(RefusalKind.OffTopic, "You are welcome. Ask again whenever something looks wrong.");

    /// <summary>Null where more is said.</summary>
    /// <param name="s">Nothing of it used.</param>
    public static QuestionPlan? Read(Sentence s, InterpreterRequest request)
    {
        var words = s.Tokens.Where(t => t.Kind == WordTokenKind.Word).Select(t => t.Lower).ToList();
        if (words.Count == 0 || s.Links.Count > 0 || s.Tokens.Any(t => t.Kind is not (WordTokenKind.Word or WordTokenKind.Symbol)))
            return null;
        if (
            words.Exists(WordRoles.Thanks.Contains) && words.TrueForAll(w => WordRoles.Thanks.Contains(w) || WordRoles.Thanking.Contains(w))
        )
            return new QuestionPlan
            {
                Kind = QuestionKind.Unsupported,
                AsOfNs = UnixNanos.From(request.AsOf),
                Refusal = Thanked,
            };
        return
            request.Previous?.Plan is { } before
            && words.Exists(WordRoles.Now.Contains)
            && words.TrueForAll(w => WordRoles.Now.Contains(w) || WordRoles.Asking.Contains(w))
            ? Again(before, request)
            : null;
    }

    // The same as before; its window was moved to now with the conversation.
    private static QuestionPlan Again(QuestionPlan before, InterpreterRequest request) =>
        before with
        {
            AsOfNs = UnixNanos.From(request.AsOf),
            Window = before.Window is { } window ? window with { Source = PlannedWindow.FromConversation } : null,
            Ignored = [],
            More = [.. before.More.Select(more => more with { AsOfNs = UnixNanos.From(request.AsOf) })],
        };
}
