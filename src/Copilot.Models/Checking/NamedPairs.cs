using Copilot.Models.Facts;

namespace Copilot.Models.Checking;

/// <summary>Of two that a sentence names, what one list holds of both: "35 times slower than `pay`".</summary>
internal static class NamedPairs
{
    public static IReadOnlyList<(Fact First, Fact Second)> Of(FactBook book, Anchors anchors, string? measure)
    {
        var groups = anchors.All.Where(group => group.Mentions.Count == 1).ToList();
        var named = groups
            .Select(group =>
                book.Facts.Where(fact =>
                        fact.Entry.List is not null
                        && group.Of(fact.Entry) == Fit.Yes
                        && !fact.IsCountOfList
                        && FigureMatch.Measures(fact, measure)
                    )
                    .ToList()
            )
            .ToList();
        var pairs = new List<(Fact, Fact)>();
        for (var i = 0; i < groups.Count; i++)
        {
            for (var j = 0; j < groups.Count; j++)
            {
                if (i != j && groups[i].Class == groups[j].Class)
                    pairs.AddRange(
                        from one in named[i]
                        from other in named[j]
                        where
                            one.Entry.List == other.Entry.List
                            && one.Family == other.Family
                            && one.Unit == other.Unit
                            && one.Side == other.Side
                        select (one, other)
                    );
            }
        }

        return pairs;
    }
}
