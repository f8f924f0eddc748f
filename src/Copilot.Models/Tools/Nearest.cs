namespace Copilot.Models.Tools;

/// <summary>The names that a mistaken one may have meant: what a complaint offers instead.</summary>
internal static class Nearest
{
    /// <summary>" Did you mean `a` or `b`?", or nothing where no name is like it.</summary>
    public static string Offered(string said, IEnumerable<string> names)
    {
        var near = To(said, names);
        return near.Count == 0 ? string.Empty : $" Did you mean {string.Join(" or ", near.Select(name => $"`{name}`"))}?";
    }

    public static IReadOnlyList<string> To(string said, IEnumerable<string> names) =>
        [
            .. names
                .Distinct(StringComparer.Ordinal)
                .Select(name => (name, likeness: Likeness(said, name)))
                .Where(named => named.likeness >= ToolThresholds.Alike)
                .OrderByDescending(named => named.likeness)
                .ThenBy(named => named.name, StringComparer.Ordinal)
                .Take(ToolThresholds.Offered)
                .Select(named => named.name),
        ];

    // Pairs of letters in common; one name inside the other is as like as most of it.
    private static double Likeness(string said, string name)
    {
        var (a, b) = (said.ToLowerInvariant(), name.ToLowerInvariant());
        if (a == b)
            return 1;
        if (a.Length >= ToolThresholds.PartOfName && b.Contains(a, StringComparison.Ordinal))
            return Math.Max(ToolThresholds.Alike, (double)a.Length / b.Length);
        var left = Pairs(a);
        var right = Pairs(b);
        if (left.Count == 0 || right.Count == 0)
            return 0;
        double common = left.Intersect(right).Count();
        // A mistaken beginning of a long name is as like as most of what was said.
        return Math.Max(2 * common / (left.Count + right.Count), ToolThresholds.Covered * common / left.Count);
    }

    private static HashSet<string> Pairs(string text) =>
        [.. Enumerable.Range(0, Math.Max(text.Length - 1, 0)).Select(i => text.Substring(i, 2))];
}
