using Copilot.Language.Kinds;
using Copilot.Language.Sentences;

namespace Copilot.Language.Asks;

/// <summary>Cuts what was dictated or typed without any punctuation: of all ways to cut it, the one in which something new is likely to begin at
/// each cut and each piece clearly either asks or tells.</summary>
internal static class RunOns
{
    /// <summary>Longer than this a stretch without commas is several sentences.</summary>
    private const int Longest = 26;

    /// <summary>A comma for so many words is punctuation.</summary>
    private const int WordsOfAComma = 40;

    /// <summary>Less likely places are not tried.</summary>
    private const double Least = 0.08;

    /// <summary>What speaks for a cut beside its likelihood: a question that is missed is worse than a story in two pieces.</summary>
    private const double Leaning = 1.2;

    /// <summary>Words of a piece.</summary>
    private const int ShortestPiece = 2;
    private const int LongestPiece = 45;

    /// <summary>No piece is surer than this.</summary>
    private const double Surest = 0.99;

    /// <summary>The tokens at which the pieces of a stretch begin, the first left out.</summary>
    public static IReadOnlyList<int> Cuts(Sentence s, int start, int end)
    {
        if (s.Language is not null || end - start <= Longest)
            return [];
        var units = KindFeatures.Units(s, start, end).Where(u => !CutModel.IsMark(u.Word)).ToList();
        var commas = Enumerable.Range(start, end - start).Count(i => s.Tokens[i].IsSymbol(",") || s.Tokens[i].IsSymbol(":"));
        if (units.Count <= Longest || commas * WordsOfAComma > units.Count)
            return [];
        var words = units.ConvertAll(u => u.Word);
        double[] likely = [1, .. Enumerable.Range(1, words.Count - 1).Select(i => CutModel.Learned.Cut(words, i)), 1];
        int[] places = [.. Enumerable.Range(0, words.Count + 1).Where(i => likely[i] > Least)];
        var best = new double[words.Count + 1];
        var from = new int[words.Count + 1];
        Array.Fill(best, double.NegativeInfinity);
        best[0] = 0;
        foreach (var to in places.Skip(1))
        {
            var gain = to < words.Count ? Math.Log(likely[to] / (1 - likely[to])) + Leaning : 0;
            foreach (var at in places.TakeWhile(p => p < to))
            {
                if (to - at is < ShortestPiece or > LongestPiece)
                    continue;
                var sum = best[at] + gain + Clarity(words.GetRange(at, to - at));
                if (sum > best[to])
                    (best[to], from[to]) = (sum, at);
            }
        }

        var cuts = new List<int>();
        for (var at = from[words.Count]; at > 0; at = from[at])
            cuts.Insert(0, units[at].At);
        return cuts;
    }

    // How clearly a piece asks or tells: 0 for what does surely.
    private static double Clarity(List<string> words)
    {
        var told = KindModel.Learned.Told(KindFeatures.Of(words));
        return Math.Log(Math.Min(Surest, Math.Max(told, 1 - told)));
    }
}
