using System.Globalization;
using System.Text.RegularExpressions;
using Copilot.Ownership.Catalog;

namespace Copilot.Ownership.Readers;

/// <summary>GitHub's and GitLab's CODEOWNERS. Lines that make no rule are passed over with a warning, as GitHub does.</summary>
internal static partial class CodeOwnersReader
{
    public static CatalogContent Read(CatalogFile file)
    {
        var rules = new List<CodeOwnersRule>();
        var warnings = new List<string>();
        var gitLab = IsGitLab(file);
        IReadOnlyList<string> sectionOwners = [];
        var section = "";
        var number = 0;
        foreach (var raw in file.Content.Split('\n'))
        {
            number++;
            var line = WithoutComment(raw).Trim();
            if (line.Length == 0)
                continue;
            var place = string.Create(CultureInfo.InvariantCulture, $"{file.Path}:{number}");
            if (Section().Match(line) is { Success: true } head)
            {
                section = head.Groups["name"].Value.Trim().ToLowerInvariant();
                sectionOwners = Owners(line[head.Length..], place, warnings);
                continue;
            }

            var excludes = line[0] == '!';
            if (excludes && !gitLab)
            {
                warnings.Add($"{place}: a pattern cannot be negated; the line is passed over");
                continue;
            }

            var end = PatternEnd(line);
            var owners = excludes ? [] : Owners(line[end..], place, warnings);
            rules.Add(
                new CodeOwnersRule(
                    Escaped().Replace(line[(excludes ? 1 : 0)..end], "$1"),
                    owners.Count > 0 || excludes ? owners : sectionOwners,
                    place
                )
                {
                    Section = section,
                    Excludes = excludes,
                    IsGitLab = gitLab,
                }
            );
        }

        return new CatalogContent
        {
            Path = file.Path,
            Kind = CatalogFileKind.CodeOwners,
            Rules = rules,
            Warnings = warnings,
        };
    }

    /// <summary>By where GitLab keeps it, or by sections, which GitHub does not have.</summary>
    private static bool IsGitLab(CatalogFile file) =>
        file.Path.Contains(".gitlab/", StringComparison.OrdinalIgnoreCase)
        || file.Content.Split('\n').Any(line => Section().IsMatch(line.TrimStart()));

    private static string WithoutComment(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
                return line[..i];
        }

        return line;
    }

    private static int PatternEnd(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            if (char.IsWhiteSpace(line[i]) && (i == 0 || line[i - 1] != '\\'))
                return i;
        }

        return line.Length;
    }

    private static List<string> Owners(string text, string place, List<string> warnings)
    {
        var owners = new List<string>();
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.StartsWith("@@", StringComparison.Ordinal))
                warnings.Add($"{place}: '{word}' is a role, which names nobody; it is passed over");
            else if (word.Length > 1 && word.Contains('@', StringComparison.Ordinal))
                owners.Add(word);
            else
                warnings.Add($"{place}: '{word}' is no owner (@user, @org/team or an e-mail address); it is passed over");
        }

        return owners;
    }

    [GeneratedRegex(@"^\^?\[(?<name>[^\]]+)\](\[\d+\])?")]
    private static partial Regex Section();

    [GeneratedRegex(@"\\(.)")]
    private static partial Regex Escaped();
}
