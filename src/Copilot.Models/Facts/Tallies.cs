using Copilot.Models.Phrases;

namespace Copilot.Models.Facts;

/// <summary>How many entries of a list are alike: "three of the four got worse", "two deploys", "six of them fail".</summary>
internal static class Tallies
{
    public static void AddTo(FactBook book)
    {
        foreach (var list in book.Lists.Where(list => list.Entries.Count > 1).ToList())
        {
            var around = list.Entries[0].Around ?? list.Entries[0];
            var counts = list
                .Entries.SelectMany(entry => entry.Kinds.SelectMany(kind => entry.Names(kind).Select(name => (kind, name))))
                .CountBy(name => name)
                .Select(name => name.Value)
                .Concat(
                    list.Entries.SelectMany(entry => entry.Kinds.SelectMany(kind => entry.Names(kind).Select(name => (kind, name))))
                        .Distinct()
                        .CountBy(name => name.kind)
                        .Select(kind => kind.Value)
                )
                .Append(Failing(list, fails: true))
                .Append(Failing(list, fails: false))
                .Append(list.Entries.Count(entry => entry.IsWorse == true))
                .Append(list.Entries.Count(entry => entry.IsWorse == false))
                .Distinct();
            foreach (var count in counts.Where(count => count > 0))
                around.Facts.Add(new Fact(count, FactUnit.Plain, MeasureNames.ListCount, FactSide.None, around));
        }
    }

    private static int Failing(FactList list, bool fails) =>
        list.Entries.Count(entry =>
            entry.Facts.Find(fact => fact.IsOfFailures && fact.Side != FactSide.Before) is { } fact
            && fact.Value > CheckingThresholds.Nothing == fails
        );
}
