using Copilot.Language.Lexicon;
using Copilot.Language.Sentences;
using Copilot.Language.Tokens;

namespace Copilot.Language.Asks;

/// <summary>What numbers the asks of a message.</summary>
internal static class ClauseLabels
{
    // "First: …", "two) …": numbered asks.
    public static int Behind(Sentence s, int start, int end)
    {
        for (var i = start + 1; i < Math.Min(end, start + 3); i++)
        {
            if (
                (s.Tokens[i].IsSymbol(":") || s.Tokens[i].IsSymbol(")") || s.Tokens[i].IsSymbol(","))
                && s.LinkAt(i - 1) is null
                && s.TimeAt(i - 1) is null
                && (
                    s.Tokens[i - 1].Kind == WordTokenKind.Number
                    || s.MeansAt(i - 1, Concept.Ordinal, Concept.Top)
                    || Cardinals.Of(s.Tokens[i - 1].Lower) is not null
                )
            )
                return i + 1;
        }

        return start;
    }
}
