using Copilot.Language.Kinds;
using Copilot.Language.Lexicon;
using Copilot.Language.Sentences;

namespace Copilot.Language.Asks;

/// <summary>Behind a comma, questions that no word at their head tells: "…, and the name of the operation that failed most", "…, whether any
/// of those failed".</summary>
internal static class LearnedBreaks
{
    /// <summary>Something new is likely to begin there.</summary>
    private const double Likely = 0.4;

    /// <summary>What begins is of a kind that can be told.</summary>
    private const double Known = 0.7;

    /// <summary>What is rather told than asked begins no question.</summary>
    private const double Told = 0.6;

    private const int ShortestPiece = 3;

    /// <summary>In fewer words one thing is asked.</summary>
    private const int Message = 24;

    /// <param name="at">The comma.</param>
    /// <param name="next">The first word behind it and the words that join.</param>
    /// <param name="end">Where the sentence ends.</param>
    public static bool Begins(Sentence s, int at, int next, int end)
    {
        if (s.Language is not null || !s.Tokens[at].IsSymbol(","))
            return false;
        var units = KindFeatures.Units(s, 0, s.Tokens.Count).Where(u => !CutModel.IsMark(u.Word)).ToList();
        var words = units.ConvertAll(u => u.Word);
        if (words.Count < Message)
            return false;
        int[] places = [units.FindIndex(u => u.At >= at), units.FindIndex(u => u.At >= next)];
        if (places.Any(place => place <= 0) || places.Max(place => CutModel.Learned.Cut(words, place)) < Likely)
            return false;
        var until = next + ShortestPiece;
        while (until < end && !s.Tokens[until].IsSymbol(","))
            until++;
        // "…, grouped by type", "…, and of those only the slow ones": how it is asked for.
        if (s.MeansAt(next, Concept.BreakDown) || s.MayMeanIn(next, until, Concept.OnlyFor))
            return false;
        var piece = units.Where(u => u.At >= next && u.At < until).Select(u => u.Word).ToList();
        if (piece.Count < ShortestPiece)
            return false;
        var features = KindFeatures.Of(piece);
        var (kind, known) = KindModel.Learned.Judge(features).MaxBy(j => j.Value);
        return kind != AskKind.Refused && known >= Known && KindModel.Learned.Told(features) < Told;
    }
}
