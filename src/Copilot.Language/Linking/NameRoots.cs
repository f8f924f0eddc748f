using Copilot.Language.Lexicon;

namespace Copilot.Language.Linking;

/// <summary>What is left of words without their endings, so that who says what a service does names it: "activating a SIM" is
/// "sim-activation", "card authorisations" are "card-authorizer".</summary>
internal static class NameRoots
{
    /// <summary>How sure such a find is: less than any name, more than a part of one.</summary>
    public const double Quality = 0.81;

    public const int FewestParts = 2;
    public const int MostParts = 3;

    /// <summary>Words, and small ones between them.</summary>
    public const int LongestPhrase = 5;

    private const int ShortestRoot = 3;

    // Longest first.
    private static readonly string[] Endings =
    [
        .. WordRoles.Endings.OrderByDescending(e => e.Length).ThenBy(e => e, StringComparer.Ordinal),
    ];

    /// <summary>The roots of the words in an order of their own; null where they are too few or too many.</summary>
    public static string? Key(IEnumerable<string> words)
    {
        var roots = words.Select(Of).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return roots.Count is < FewestParts or > MostParts || roots.Exists(r => r.Length < ShortestRoot) ? null : string.Join(' ', roots);
    }

    public static string Of(string word)
    {
        // Spelt as in America or not.
        var root = word.Replace('z', 's');
        while (
            Endings.FirstOrDefault(e => root.Length - e.Length > ShortestRoot - 1 && root.EndsWith(e, StringComparison.Ordinal))
                is { } ending
        )
            root = root[..^ending.Length];
        return root;
    }
}
