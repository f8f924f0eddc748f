using Copilot.Language.Kinds;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>Holds which clauses the rules take for questions against what was learned of many hands' messages: a story that speaks of errors and
/// times asks for nothing, and a wish without any word that asks is one.</summary>
internal static class AskRoles
{
    /// <summary>Fewer words tell neither.</summary>
    private const int Words = 3;

    /// <summary>So many words and signs are a message with several things in it; in fewer, what names only a time or a service belongs to what is
    /// asked.</summary>
    private const int Message = 40;

    /// <summary>From here on a clause tells, whatever it holds.</summary>
    private const double Tells = 0.8;

    /// <summary>Below this it asks.</summary>
    private const double Asks = 0.15;

    public static List<AskClause> Settled(Sentence s, List<AskClause> clauses)
    {
        if (clauses.Count < 2 || s.Language is not null)
            return clauses;
        var told = clauses.ConvertAll(c => Told(s, c));
        // What is told is told beside what is asked.
        var asked = clauses.Where((c, i) => c.Asking == Asking.Surely && told[i] is not >= Tells).Any();
        var isMessage = s.Tokens.Count >= Message;
        return
        [
            .. clauses.Select(
                (c, i) =>
                    asked && told[i] >= Tells && c.Asking == Asking.Surely ? c with { Asking = Asking.Perhaps }
                    : isMessage && told[i] <= Asks && c.Asking == Asking.Perhaps ? c with { Asking = Asking.Surely }
                    : c
            ),
        ];
    }

    // Null for what is too short.
    private static double? Told(Sentence s, AskClause clause) =>
        Enumerable.Range(clause.Start, clause.End - clause.Start).Count(i => s.Tokens[i].Kind == WordTokenKind.Word) < Words
            ? null
            : KindModel.Learned.Told(KindFeatures.Of(KindFeatures.Masked(s, clause.Start, clause.End)));
}
