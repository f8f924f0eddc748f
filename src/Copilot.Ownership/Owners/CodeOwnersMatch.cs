using System.Text.RegularExpressions;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>Which CODEOWNERS rule speaks about a service: by its source path where the catalogue tells it, else by a folder of its
/// name.</summary>
internal static class CodeOwnersMatch
{
    /// <summary>The last rule that matches and is narrower than everything; null where there is none.</summary>
    public static CodeOwnersRule? For(IReadOnlyList<CodeOwnersRule> rules, IReadOnlyCollection<string> names, string? sourcePath)
    {
        if (
            sourcePath is { Length: > 0 }
            && rules.LastOrDefault(rule => !rule.MatchesEverything && Covers(rule.Pattern, sourcePath)) is { } byPath
        )
            return byPath;
        var plain = names.Select(EntityDirectory.Plain).Where(name => name.Length > 1).ToHashSet(StringComparer.Ordinal);
        return rules.LastOrDefault(rule => !rule.MatchesEverything && NamesFolder(rule.Pattern, plain));
    }

    /// <summary>gitignore's matching, without negation and character classes, as GitHub has it.</summary>
    public static bool Covers(string pattern, string path)
    {
        var body = pattern.Trim('/');
        var rooted = pattern.StartsWith('/') || body.Contains('/', StringComparison.Ordinal);
        var text = Regex
            .Escape(body)
            .Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        // "apps/*" does not descend; "apps/" and "apps" do.
        var below = body.EndsWith("/*", StringComparison.Ordinal) ? "" : "(?:/.*)?";
        return Regex.IsMatch(path.Trim('/'), $"^{(rooted ? "" : "(?:.*/)?")}{text}{below}$", RegexOptions.NonBacktracking);
    }

    // The deepest folder of the pattern must be the service's, so that "/services/cart/docs/" is not taken for the whole of cart's.
    private static bool NamesFolder(string pattern, HashSet<string> names)
    {
        var parts = pattern
            .Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.Trim('*').Length > 0 && part is not ("src" or "app" or "cmd"))
            .ToArray();
        return parts.Length > 0 && names.Contains(EntityDirectory.Plain(parts[^1]));
    }
}
