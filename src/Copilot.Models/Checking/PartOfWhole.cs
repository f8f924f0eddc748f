using Copilot.Models.Facts;

namespace Copilot.Models.Checking;

/// <summary>"19 of 103": whether two figures are a part and its whole, by where the results have them.</summary>
internal static class PartOfWhole
{
    public static bool Is(Fact part, Fact whole)
    {
        if (part == whole || part.Value > whole.Value)
            return false;
        if (part.IsCountOfList || whole.IsCountOfList)
            return part.IsCountOfList && whole.IsCountOfList;
        if (part.Entry == whole.Entry)
            // In a sentence of ours the whole stands right behind its part.
            return (part.Family.Length > 0 && whole.Family != MeasureNames.Failed && whole.Family != part.Family && whole.Side == part.Side)
                || part.Entry.Facts.IndexOf(whole) == part.Entry.Facts.IndexOf(part) + 1;
        return whole.Family.StartsWith("sum of", StringComparison.Ordinal)
            ? MeasureNames.FamilyOf(whole.Family[7..]) is var summed && (summed == part.Family || summed == MeasureNames.Requests)
            : part.Family.Length > 0
                && whole.Family.Length > 0
                && (part.Entry.Around == whole.Entry || part.Entry.Around?.Around == whole.Entry || part.At is not null);
    }
}
