using System.Text.RegularExpressions;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Owners;

/// <summary>Which CODEOWNERS rules speak about a service: by its source path where the catalogue tells it, else by a folder of its
/// name.</summary>
internal static class CodeOwnersMatch
{
    /// <summary>A file right in the service's folder, of no name that a pattern could spell.</summary>
    private const string AnyFile = "\u0001";

    /// <summary>
    /// What decides in the first of the files that says something about the service, the nearest to its catalogue entry first: the last
    /// rule that matches, of each of GitLab's sections. Empty where nothing narrower than everything does, or where the owners were taken
    /// away.
    /// </summary>
    /// <param name="sourcePath">A folder, with "/" at its end, or a file.</param>
    /// <param name="entry">The file of the service's catalogue entry.</param>
    public static IReadOnlyList<CodeOwnersRule> For(
        IReadOnlyList<CodeOwnersRule> rules,
        IReadOnlyCollection<string> names,
        string? sourcePath,
        string? entry
    )
    {
        var plain = names.Select(EntityDirectory.Plain).Where(name => name.Length > 1).ToHashSet(StringComparer.Ordinal);
        var path = sourcePath is { Length: > 0 } ? sourcePath[..(sourcePath.LastIndexOf('/') + 1)] + AnyFile : null;
        var files = rules.GroupBy(rule => rule.File).OrderByDescending(file => Shared(file.Key, entry)).ToArray();
        var found =
            files.Select(file => Deciding(file, rule => path is not null && Covers(rule, path))).FirstOrDefault(Narrow)
            ?? files.Select(file => Deciding(file, rule => NamesFolder(rule.Pattern, plain))).FirstOrDefault(Narrow);
        return found is null ? [] : [.. found.Where(rule => !rule.MatchesEverything && rule.Owners.Count > 0)];

        static bool Narrow(IReadOnlyList<CodeOwnersRule> deciding) => deciding.Any(rule => !rule.MatchesEverything);
    }

    /// <summary>gitignore's matching, without negation and character classes, as GitHub and GitLab have it.</summary>
    public static bool Covers(CodeOwnersRule rule, string path)
    {
        var body = rule.Pattern.Trim('/');
        if (body.Length == 0)
            return true;
        var rooted =
            rule.Pattern.StartsWith('/')
            || (!rule.IsGitLab && body.Contains('/', StringComparison.Ordinal) && !body.StartsWith("**/", StringComparison.Ordinal));
        var text = Regex
            .Escape(body)
            .Replace(@"\*\*/", "(?:.*/)?", StringComparison.Ordinal)
            .Replace(@"\*\*", ".*", StringComparison.Ordinal)
            .Replace(@"\*", "[^/]*", StringComparison.Ordinal)
            .Replace(@"\?", "[^/]", StringComparison.Ordinal);
        // "apps/*" is what lies right in apps, "apps/*/" every folder there with all in it; "apps" may be either.
        var below =
            rule.Pattern.EndsWith('/') ? "/.*"
            : body.EndsWith("/*", StringComparison.Ordinal) || rule.Pattern == "/*" ? ""
            : "(?:/.*)?";
        return Regex.IsMatch(path.TrimStart('/'), $"^{(rooted ? "" : "(?:.*/)?")}{text}{below}$", RegexOptions.NonBacktracking);
    }

    private static IReadOnlyList<CodeOwnersRule> Deciding(IEnumerable<CodeOwnersRule> file, Func<CodeOwnersRule, bool> matches) =>
        [
            .. file.Where(rule => rule.MatchesEverything || matches(rule))
                .GroupBy(rule => rule.Section)
                .Where(section => !section.Any(rule => rule.Excludes))
                .Select(section => section.Last()),
        ];

    /// <summary>How much of the way to the two files is the same.</summary>
    private static int Shared(string file, string? entry) =>
        entry is null ? 0 : file.Split('/').Zip(entry.Split('/')).TakeWhile(parts => parts.First == parts.Second).Count();

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
