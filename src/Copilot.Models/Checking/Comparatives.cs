using System.Text.RegularExpressions;
using Copilot.Models.Facts;

namespace Copilot.Models.Checking;

/// <summary>"Four fewer than `pay`", "1.5 s more than the other": which of two is the greater.</summary>
internal static partial class Comparatives
{
    public static IEnumerable<(int At, int Length)> Contradicted(
        string sentence,
        IReadOnlyList<Mention> mentions,
        Anchors anchors,
        FactBook book
    )
    {
        foreach (Match word in Words().Matches(sentence))
        {
            if (mentions.Any(mention => mention.At <= word.Index && word.Index < mention.End))
                continue;
            var number = mentions.LastOrDefault(mention =>
                mention.Kind == MentionKind.Number && mention.End <= word.Index && word.Index - mention.End <= 2
            );
            if (number is null || Two(sentence, word, anchors) is not var (first, second))
                continue;
            var signs = book
                .Lists.SelectMany(list => Differences(list, first, second))
                .Where(pair =>
                    number.Numbers.Any(said =>
                        FigureMatch.IsNear(said with { Rounding = 2 * said.Rounding }, number.Hedge, Math.Abs(pair.First - pair.Second))
                    )
                )
                .Select(pair => pair.First > pair.Second)
                .ToList();
            if (signs.Count > 0 && signs.TrueForAll(more => more != word.Groups["more"].Success))
                yield return (word.Index, word.Length);
        }
    }

    private static (AnchorGroup First, AnchorGroup Second)? Two(string sentence, Match word, Anchors anchors)
    {
        var second = anchors.All.FirstOrDefault(group =>
            group.At >= word.Index && Than().IsMatch(sentence[(word.Index + word.Length)..group.At])
        );
        if (second is null)
            return null;
        var first =
            anchors.Of(second.Class).LastOrDefault(group => group.End <= word.Index)
            ?? anchors.Carried.FirstOrDefault(group => group.Class == second.Class);
        return first is null ? null : (first, second);
    }

    private static IEnumerable<(double First, double Second)> Differences(FactList list, AnchorGroup first, AnchorGroup second) =>
        from one in list.Entries.Where(entry => first.Of(entry) == Fit.Yes).SelectMany(entry => entry.Facts)
        from other in list.Entries.Where(entry => second.Of(entry) == Fit.Yes).SelectMany(entry => entry.Facts)
        where one.Family == other.Family && one.Unit == other.Unit && one.Side == other.Side
        select (one.Value, other.Value);

    [GeneratedRegex(
        @"\b(?:(?<more>more|higher|longer|slower|larger|mehr|höher|länger|de plus|más)|(?<less>fewer|less"
            + @"|lower|shorter|faster|smaller|weniger|niedriger|kürzer|de moins|menos))\b",
        RegexOptions.IgnoreCase,
        PatternThresholds.OfPart
    )]
    private static partial Regex Words();

    [GeneratedRegex(@"^(?:\s\p{L}+)?\s(?:than|als|que)\s[\s*`]*$", RegexOptions.IgnoreCase, PatternThresholds.OfPart)]
    private static partial Regex Than();
}
